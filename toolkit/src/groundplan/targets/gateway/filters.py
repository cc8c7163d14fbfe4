"""The HTTP filters, in the order in which a request meets them, each with its reason."""

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.gateway import authz, body, credential, flood, lease, token
from groundplan.targets.gateway.extension import Json, extension
from groundplan.targets.gateway.parties import Parties

READY = "/healthz/ready"


def http_filters(platform: Platform, placement: Placement, parties: Parties) -> list[Json]:
    """Return the filters."""
    return [
        _health(),  # whether this Envoy wants requests is asked before anything can refuse
        flood.limit(platform),  # a flood is cut before it costs a signature check
        credential.gateway_key(),  # what follows must come from us, and can prove it
        # forged tokens never reach the authorisation service
        token.verify(platform, placement, parties),
        lease.let_in(),  # a busy caller's reads need no question for a moment
        authz.ask(placement, parties),  # session, role, limit; needs the verified token
        body.hold(),  # only who may come in can make us hold a body
        _router(),
    ]


def _health() -> Json:
    path = {"name": ":path", "string_match": {"exact": READY}}
    return extension(
        "envoy.filters.http.health_check",
        "envoy.extensions.filters.http.health_check.v3.HealthCheck",
        pass_through_mode=False,
        headers=[path],
    )


def _router() -> Json:
    return extension(
        "envoy.filters.http.router",
        "envoy.extensions.filters.http.router.v3.Router",
        suppress_envoy_headers=True,
    )
