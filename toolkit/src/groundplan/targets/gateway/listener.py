"""Listeners: the door for requests, and one that shows statistics and nothing else."""

from groundplan.model.placement import Address, Discovery, Endpoint, Placement
from groundplan.model.platform import Platform
from groundplan.model.quantity import seconds
from groundplan.model.setting import EVERYWHERE
from groundplan.targets.gateway import (
    accesslog,
    clusters,
    filters,
    hygiene,
    replies,
    routes,
    tls,
    tracing,
)
from groundplan.targets.gateway.extension import Json, extension
from groundplan.targets.gateway.parties import Parties

MAIN = "main"
BUFFER = 32 * 1024
HEADERS_KIB = 60
HEADERS = 100
STREAMS = 100
RECEIVED = 30.0
"""Seconds in which a request must have come whole."""
STREAMED = 120.0
"""The same where bodies are streamed, by slow lines too: then the frontend does not hold them."""
TRUSTED_HOPS = 1
"""The frontend's nginx, which appends the address that it saw."""
STATISTICS = "/stats/prometheus"
_MANAGER = (
    "envoy.filters.network.http_connection_manager",
    "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
)


def main(platform: Platform, placement: Placement, parties: Parties, at: Endpoint) -> Json:
    """Return the listener for requests."""
    everywhere = placement.discovery is Discovery.NAMES
    address = Address(EVERYWHERE, at.address.port) if everywhere else at.address
    told = _requests(platform, placement, parties)
    told |= tracing.on_requests(platform, placement, at)
    manager = extension(*_MANAGER, **told)
    return _listener(MAIN, placement, address, manager)


def statistics(placement: Placement, address: Address) -> Json:
    """Return the listener for Prometheus, encrypted as the one for requests is."""
    only = {"match": {"path": STATISTICS}, "route": {"cluster": clusters.ADMIN}}
    router = extension(
        "envoy.filters.http.router", "envoy.extensions.filters.http.router.v3.Router"
    )
    manager = extension(
        *_MANAGER,
        stat_prefix="statistics",
        normalize_path=True,
        route_config={
            "name": "statistics",
            "virtual_hosts": [{"name": "all", "domains": ["*"], "routes": [only]}],
        },
        http_filters=[router],
    )
    return _listener("statistics", placement, address, manager)


def _listener(name: str, placement: Placement, address: Address, manager: Json) -> Json:
    return {
        "name": name,
        "address": {"socket_address": {"address": address.host, "port_value": address.port}},
        "per_connection_buffer_limit_bytes": BUFFER,
        "filter_chains": [{"filters": [manager], **tls.downstream(placement)}],
    }


def _requests(platform: Platform, placement: Placement, parties: Parties) -> Json:
    return {
        "stat_prefix": "gateway",
        **_reading(),
        **_patience(platform),
        **_origin(),
        "early_header_mutation_extensions": hygiene.removals(),
        "server_header_transformation": "PASS_THROUGH",
        "route_config": routes.route_configuration(platform, parties),
        "http_filters": filters.http_filters(platform, placement, parties),
        "local_reply_config": replies.local_replies(),
        "access_log": accesslog.access_log(),
    }


def _reading() -> Json:
    """Read requests in one way only: whatever could be read in two is refused."""
    return {
        "codec_type": "AUTO",
        "normalize_path": True,
        "merge_slashes": True,
        "path_with_escaped_slashes_action": "REJECT_REQUEST",
        "max_request_headers_kb": HEADERS_KIB,
        "common_http_protocol_options": {
            "idle_timeout": "300s",
            "max_headers_count": HEADERS,
            "headers_with_underscores_action": "REJECT_REQUEST",
        },
        "http2_protocol_options": {
            "max_concurrent_streams": STREAMS,
            "initial_stream_window_size": 64 * 1024,
            "initial_connection_window_size": 1024 * 1024,
        },
    }


def _patience(platform: Platform) -> Json:
    routes = (route for service in platform.services.values() for route in service.routes)
    longest = STREAMED if any(route.stream for route in routes) else RECEIVED
    return {
        "request_headers_timeout": "10s",
        "request_timeout": seconds(longest),
        "stream_idle_timeout": "60s",
        "drain_timeout": "5s",
        "delayed_close_timeout": "1s",
    }


def _origin() -> Json:
    """Believe one hop about the caller's address, and keep the id that it gave the request."""
    return {
        "use_remote_address": True,
        "xff_num_trusted_hops": TRUSTED_HOPS,
        "skip_xff_append": True,
        "generate_request_id": True,
        "preserve_external_request_id": True,
        "always_set_request_id_in_response": True,
    }
