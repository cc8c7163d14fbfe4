"""policy.json: what the authorisation service knows of the routes."""

from groundplan.model.platform import Platform
from groundplan.model.route import Auth, Limit, Route
from groundplan.targets.gateway import lease
from groundplan.targets.gateway.extension import Json
from groundplan.targets.gateway.parties import Parties
from groundplan_contracts import identity


def render(platform: Platform, parties: Parties) -> Json:
    """Return the rules of all routes, and what one replica lets through while Redis is out."""
    return {
        "gateway_prefix": identity.PREFIX.removesuffix("-"),
        "rules": [
            _rule(platform, parties, name, route)
            for name, service in parties.routed
            for route in service.routes
        ],
        "limits": {
            "local_requests": max(1, round(platform.objectives.api.throughput * 60)),
            "local_per_seconds": 60,
        },
    }


def _rule(platform: Platform, parties: Parties, name: str, route: Route) -> Json:
    service = platform.services[name]
    required = route.auth is Auth.REQUIRED
    terms = lease.terms(platform, parties, route, service)
    return {
        "id": f"{name}:{route.path}",
        "service": name,
        "path": route.path,
        "match": "prefix",
        "auth": route.auth.value,
        **({"roles": {"read": route.roles.read, "write": route.roles.write}} if required else {}),
        "limit": _limit(route.limit or service.limits.limit),
        **({"lease": terms} if terms else {}),
        "when_cache_is_down": route.when_cache_is_down.value,
    }


def _limit(limit: Limit) -> Json:
    per = int(limit.per) if limit.per.is_integer() else limit.per
    return {"requests": limit.requests, "per_seconds": per}
