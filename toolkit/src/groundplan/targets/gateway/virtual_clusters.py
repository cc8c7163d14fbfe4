"""Virtual clusters: by which names the gateway counts answers and their times.

Takes the services that have routes; hands on beginnings of paths, the longest first. Streams last
as long as their readers like: they are counted apart, or objectives of time would mean nothing.
"""

from groundplan.model import objective
from groundplan.targets.gateway.extension import Json
from groundplan.targets.gateway.parties import Parties


def virtual_clusters(parties: Parties) -> list[Json]:
    """Return a virtual cluster wherever a path is counted other than the one above it."""
    names = {
        route.path: objective.STREAMS if route.stream else objective.counted_as(name)
        for name, service in parties.routed
        for route in service.routes
    }
    told = [path for path in names if names[path] != _above(names, path)]
    told.sort(key=lambda path: (-path.count("/"), -len(path), path))
    return [_entry(path, names[path]) for path in told]


def _above(names: dict[str, str], path: str) -> str:
    """Return under which name the nearest path above one is counted; nothing where none is."""
    while path := path.rpartition("/")[0]:
        if path in names:
            return names[path]
    return ""


def _entry(path: str, name: str) -> Json:
    return {"name": name, "headers": [{"name": ":path", "string_match": {"prefix": path}}]}
