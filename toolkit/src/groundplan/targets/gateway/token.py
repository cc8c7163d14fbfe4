"""Access tokens: verified by Envoy against the keys that the backend publishes."""

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.model.quantity import seconds
from groundplan.targets.gateway import tls
from groundplan.targets.gateway.extension import Json, extension, typed
from groundplan.targets.gateway.parties import Parties
from groundplan_contracts import identity

NAME = "envoy.filters.http.jwt_authn"
KEYS = "/api/v1/identity/jwks"
REQUIREMENT = "access-token"
LEEWAY = 10
"""Seconds by which clocks may differ."""
LONGEST = 365 * 24 * 3600
"""Seconds that an API token lives at the most; how long a person's may, authz looks after."""


def verify(platform: Platform, placement: Placement, parties: Parties) -> Json:
    """Return the filter; only routes that name a requirement are held to it."""
    return extension(
        NAME,
        "envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication",
        providers={"platform": _provider(platform, placement, parties.backend)},
        requirement_map={REQUIREMENT: {"provider_name": "platform"}},
        strip_failure_response=True,
    )


def on_route() -> Json:
    """Return what a route says that asks who calls."""
    return typed(
        "envoy.extensions.filters.http.jwt_authn.v3.PerRouteConfig", requirement_name=REQUIREMENT
    )


def _provider(platform: Platform, placement: Placement, backend: str) -> Json:
    keys = f"{tls.scheme(placement)}://{backend}{KEYS}"
    return {
        "issuer": platform.issuer,
        "audiences": [platform.name],
        "require_expiration": True,
        "max_lifetime": seconds(LONGEST + LEEWAY),
        "clock_skew_seconds": LEEWAY,
        "from_headers": [{"name": "authorization", "value_prefix": "Bearer "}],
        # The authorisation service looks at the token's type, which Envoy cannot.
        "forward": True,
        "forward_payload_header": identity.JWT_PAYLOAD,
        "jwt_cache_config": {"jwt_cache_size": 1000},
        "remote_jwks": {
            "http_uri": {"uri": keys, "cluster": backend, "timeout": "1s"},
            "cache_duration": "60s",
            "async_fetch": {"fast_listener": True},
        },
    }
