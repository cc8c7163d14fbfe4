"""Leases: a busy caller's reads go in on one answer of the authorisation service, for a moment.

The filter is `lease.lua`, which says how; here stands how much may be leased. All gateways
together hold at most 2 % of a caller's limit, so the limit stays exact to 2 %.
"""

from importlib import resources
from typing import Final

from groundplan.model.platform import Platform
from groundplan.model.route import Auth, Limit, Route
from groundplan.model.service import Service
from groundplan.targets.gateway.extension import Json, extension
from groundplan.targets.gateway.parties import Parties

FILTER: Final = resources.files(__package__).joinpath("lease.lua").read_text(encoding="utf-8")
METADATA: Final = "groundplan.lease"
HELD: Final = "held"
MARK: Final = "lease "
"""Begins the names of the routes that may be leased; the filter knows them by it."""
SHARE: Final = 0.02
FEWEST: Final = 8
"""Fewer reads are not worth a lease."""


def let_in() -> Json:
    """Return the filter."""
    return extension(
        "envoy.filters.http.lua",
        "envoy.extensions.filters.http.lua.v3.Lua",
        default_source_code={"inline_string": FILTER},
    )


def nobody_holds_one() -> Json:
    """Match requests that have no lease, all but those that the filter has let in."""
    return {
        "filter": METADATA,
        "path": [{"key": HELD}],
        "value": {"present_match": True},
        "invert": True,
    }


def on_route(platform: Platform, parties: Parties, route: Route, name: str) -> Json:
    """Return what makes a route of reads known to the filter, where leases are worth it."""
    if terms(platform, parties, route, platform.services[name]) is None:
        return {}
    return {"name": f"{MARK}{name}:{route.path}"}


def terms(platform: Platform, parties: Parties, route: Route, service: Service) -> Json | None:
    """Return what the authorisation service may lease on a route, or nothing."""
    reads = _reads(route.limit or service.limits.limit, platform.services[parties.gateway])
    if route.auth is Auth.NONE or route.stream or reads < FEWEST:
        return None
    return {"reads": reads, "milliseconds": round(platform.identity.lease * 1000)}


def _reads(limit: Limit, gateway: Service) -> int:
    return int(limit.requests * SHARE / gateway.replicas.max)
