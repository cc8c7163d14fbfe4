"""policy.json: what the authorisation service knows of the routes."""

from groundplan.model.platform import Platform
from groundplan.model.route import Auth, Limit, Route
from groundplan.model.service import Service
from groundplan.targets.gateway.extension import Json
from groundplan.targets.gateway.parties import Parties
from groundplan_contracts import identity


def render(platform: Platform, parties: Parties) -> Json:
    """Return the rules of all routes, and what one replica lets through while Redis is out."""
    return {
        "gateway_prefix": identity.PREFIX.removesuffix("-"),
        "rules": [
            _rule(name, service, route)
            for name, service in parties.routed
            for route in service.routes
        ],
        "limits": {
            "local_requests": max(1, round(platform.objectives.api.throughput * 60)),
            "local_per_seconds": 60,
        },
    }


def _rule(name: str, service: Service, route: Route) -> Json:
    required = route.auth is Auth.REQUIRED
    return {
        "id": f"{name}:{route.path}",
        "service": name,
        "path": route.path,
        "match": "prefix",
        "auth": route.auth.value,
        **({"roles": {"read": route.roles.read, "write": route.roles.write}} if required else {}),
        "limit": _limit(route.limit or service.limits.limit),
        "when_cache_is_down": route.when_cache_is_down.value,
    }


def _limit(limit: Limit) -> Json:
    per = int(limit.per) if limit.per.is_integer() else limit.per
    return {"requests": limit.requests, "per_seconds": per}
