"""Traces: a span for each sampled request and for each question about one, sent where they go.

Whether a request is sampled is decided before us, at the edge; a share of what comes without a
trace is sampled too. Spans that cannot be sent are dropped: no request waits for them.
"""

from typing import Final

from groundplan.model import collector
from groundplan.model.placement import Discovery, Endpoint, Placement
from groundplan.model.platform import Platform
from groundplan.targets.gateway import tls
from groundplan.targets.gateway.extension import Json, extension, typed

KEY: Final = "traces-key"
FLUSH: Final = {"flush_interval_ms": 500, "min_flush_spans": 256}
"""Found within two seconds, and at full load not a request for every five spans."""
TIMEOUT: Final = "1s"
_TRACERS: Final = "envoy.extensions.tracers.opentelemetry"
_MILLION: Final = 1_000_000


def on_requests(platform: Platform, placement: Placement, at: Endpoint) -> Json:
    """Return what the listener for requests says of traces; nothing where nobody takes any."""
    if not collector.url(placement):
        return {}
    return {
        "tracing": {
            "provider": _provider(platform, placement, at),
            "operation": "%REQ(:METHOD)%",
            # The whole address would hold queries, and those may hold secrets.
            "max_path_tag_length": 0,
            "custom_tags": [
                {"tag": "url.path", "value": "%PATH(NQ)%"},
                {"tag": "http.request.method", "value": "%REQ(:METHOD)%"},
                {"tag": "http.response.status_code", "value": "%RESPONSE_CODE%"},
            ],
        },
        # The id of a request is its caller's: no bit of it says that there is a trace.
        "request_id_extension": {
            "typed_config": typed(
                "envoy.extensions.request_id.uuid.v3.UuidRequestIdConfig",
                pack_trace_reason=False,
                use_request_id_for_trace_sampling=False,
            )
        },
    }


def clusters(placement: Placement) -> list[Json]:
    """Return the cluster of whoever takes spans; one that is slow holds few of them up."""
    at = collector.address(placement)
    if at is None:
        return []
    name = collector.name(placement)
    few = {"max_connections": 4, "max_pending_requests": 8, "max_requests": 8, "max_retries": 0}
    where = {"socket_address": {"address": at.host, "port_value": at.port}}
    here = placement.discovery is Discovery.FILES
    return [
        {
            "name": name,
            "type": "STATIC" if here else "STRICT_DNS",
            **tls.upstream(placement, name),
            "connect_timeout": "0.25s",
            "circuit_breakers": {"thresholds": [few]},
            "load_assignment": {
                "cluster_name": name,
                "endpoints": [{"lb_endpoints": [{"endpoint": {"address": where}}]}],
            },
            **(_with_key() if here else {}),
        }
    ]


def runtime(placement: Placement) -> Json:
    """Return how spans are gathered before they are sent."""
    if not collector.url(placement):
        return {}
    return {f"tracing.opentelemetry.{name}": value for name, value in FLUSH.items()}


def secrets(placement: Placement) -> list[Json]:
    """Return where the key stands that spans are sent with; none where none is asked for."""
    if not collector.url(placement) or placement.discovery is not Discovery.FILES:
        return []
    file = f"{placement.config_folder}/secrets/{collector.name(placement)}.send-key"
    return [{"name": KEY, "generic_secret": {"secret": {"filename": file}}}]


def _provider(platform: Platform, placement: Placement, at: Endpoint) -> Json:
    uri = f"{tls.scheme(placement)}://{collector.name(placement)}{collector.PATH}"
    share = {
        "numerator": round(platform.observability.traces.sampling * _MILLION),
        "denominator": "MILLION",
    }
    return extension(
        "envoy.tracers.opentelemetry",
        "envoy.config.trace.v3.OpenTelemetryConfig",
        http_service={
            "http_uri": {"uri": uri, "cluster": collector.name(placement), "timeout": TIMEOUT}
        },
        service_name=at.component,
        resource_detectors=[
            extension(
                "envoy.tracers.opentelemetry.resource_detectors.static_config",
                f"{_TRACERS}.resource_detectors.v3.StaticConfigResourceDetectorConfig",
                attributes=_resource(platform, placement, at),
            )
        ],
        sampler=extension(
            "envoy.tracers.opentelemetry.samplers.parent_based",
            f"{_TRACERS}.samplers.v3.ParentBasedSamplerConfig",
            wrapped_sampler=extension(
                "envoy.tracers.opentelemetry.samplers.trace_id_ratio_based",
                f"{_TRACERS}.samplers.v3.TraceIdRatioBasedSamplerConfig",
                sampling_percentage=share,
            ),
        ),
    )


def _resource(platform: Platform, placement: Placement, at: Endpoint) -> dict[str, str]:
    """Return who sends; pods, which share one configuration, are told apart by the collector."""
    told = {
        "service.namespace": platform.name,
        "deployment.environment.name": placement.environment,
    }
    if at.replica:
        told["service.instance.id"] = f"{at.component}-{at.replica}"
    return told


def _with_key() -> Json:
    """Return what shows the key to whoever takes spans; the file is read again when it changes."""
    filters = "envoy.filters.http"
    injected = extension(
        f"{filters}.credential_injector",
        "envoy.extensions.filters.http.credential_injector.v3.CredentialInjector",
        overwrite=True,
        credential=extension(
            "envoy.http.injected_credentials.generic",
            "envoy.extensions.http.injected_credentials.generic.v3.Generic",
            credential={"name": KEY},
            header="authorization",
            header_value_prefix="Bearer ",
        ),
    )
    codec = extension(
        f"{filters}.upstream_codec",
        "envoy.extensions.filters.http.upstream_codec.v3.UpstreamCodec",
    )
    options = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions"
    return {
        "typed_extension_protocol_options": {
            options: typed(
                options,
                explicit_http_config={"http_protocol_options": {}},
                http_filters=[injected, codec],
            )
        }
    }
