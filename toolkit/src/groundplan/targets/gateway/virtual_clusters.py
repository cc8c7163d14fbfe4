"""Virtual clusters: by which names the gateway counts answers and their times.

Takes the services that have routes; hands on paths, the longest first. Streams last as long as
their readers like, and alerts are sent by no user: they are counted apart, or objectives would
mean nothing.
"""

from groundplan.model import alert, objective
from groundplan.model.route import Route
from groundplan.targets.gateway.extension import Json
from groundplan.targets.gateway.parties import Parties


def virtual_clusters(parties: Parties) -> list[Json]:
    """Return a virtual cluster wherever a path is counted other than the one above it."""
    names = {
        route.path: _name(name, route)
        for name, service in parties.routed
        for route in service.routes
    }
    told = [path for path in names if names[path] != _above(names, path)]
    told.sort(key=lambda path: (-path.count("/"), -len(path), path))
    return [_entry(names[path], match) for path in told for match in _matches(path)]


def _name(service: str, route: Route) -> str:
    if route.path == alert.INCIDENTS:
        return objective.ALERTS
    return objective.STREAMS if route.stream else objective.counted_as(service)


def _above(names: dict[str, str], path: str) -> str:
    """Return under which name the nearest path above one is counted; nothing where none is."""
    while path := path.rpartition("/")[0]:
        if path in names:
            return names[path]
    return ""


def _matches(path: str) -> list[Json]:
    """Return what a path and all below it look like; Envoy compares with the query still on it.

    Three comparisons cost less than the regular expression that would do for them.
    """
    whole = path.rstrip("/")
    below = {"prefix": f"{whole}/"}
    return [below, {"exact": whole}, {"prefix": f"{whole}?"}] if whole else [below]


def _entry(name: str, match: Json) -> Json:
    return {"name": name, "headers": [{"name": ":path", "string_match": match}]}
