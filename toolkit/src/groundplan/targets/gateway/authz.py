"""External authorisation: Envoy asks about every request, and no answer means no."""

from groundplan.model.placement import Placement
from groundplan.targets.gateway import lease, retries, tls
from groundplan.targets.gateway.extension import Json, extension, typed
from groundplan.targets.gateway.parties import Parties
from groundplan_contracts import identity

NAME = "envoy.filters.http.ext_authz"
TIMEOUT = "0.2s"
TRY = "0.09s"
"""Two tries fit into the time: a replica that hangs costs a wait, not a refusal."""
PREFIX = "/check"


def ask(placement: Placement, parties: Parties) -> Json:
    """Return the filter."""
    return extension(
        NAME,
        "envoy.extensions.filters.http.ext_authz.v3.ExtAuthz",
        http_service=_service(placement, parties.authorization),
        filter_enabled_metadata=lease.nobody_holds_one(),
        allowed_headers=_exactly(
            identity.JWT_PAYLOAD, identity.GATEWAY, identity.LEASE_ASK, "x-request-id"
        ),
        failure_mode_allow=False,
        status_on_error={"code": "ServiceUnavailable"},
        stat_prefix="authz",
    )


def off() -> Json:
    """Return what a route says that needs no authorisation because nothing lies behind it."""
    return typed("envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute", disabled=True)


def _service(placement: Placement, cluster: str) -> Json:
    uri = f"{tls.scheme(placement)}://{cluster}"
    return {
        "server_uri": {"uri": uri, "cluster": cluster, "timeout": TIMEOUT},
        "path_prefix": PREFIX,
        "retry_policy": _repeat(),
        "authorization_request": {
            "headers_to_add": [
                # The path as it goes on, undecoded, and the address that was believed.
                {"key": identity.PATH, "value": "%REQ(:PATH)%"},
                {"key": identity.ADDRESS, "value": "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%"},
            ]
        },
        "authorization_response": {
            "allowed_upstream_headers": {"patterns": [{"prefix": identity.PREFIX}]},
            "dynamic_metadata_from_headers": _exactly(identity.LEASE),
            "allowed_client_headers_on_success": {"patterns": [{"prefix": "ratelimit-"}]},
            "allowed_client_headers": {
                "patterns": [
                    {"prefix": "ratelimit-"},
                    *({"exact": name} for name in ("retry-after", "www-authenticate", "allow")),
                    *({"exact": name} for name in ("content-type", "cache-control")),
                ]
            },
        },
    }


def _repeat() -> Json:
    """Ask the next replica at once when one dies over a question: it changes only a count."""
    return {
        "retry_on": "connect-failure,refused-stream,reset",
        "num_retries": 2,
        # Here, unlike on routes, the longest pause is also how long Envoy waits for one try.
        "retry_back_off": {"base_interval": "0.005s", "max_interval": TRY},
        **retries.elsewhere(),
    }


def _exactly(*names: str) -> Json:
    return {"patterns": [{"exact": name} for name in names]}
