"""Routes have one owner each, under /api, and none hides another's."""

from collections.abc import Iterator
from typing import Final

from groundplan.loader.code import Code
from groundplan.loader.finding import Finding
from groundplan.loader.rules.rule import EACH_SERVICE, Rule
from groundplan.loader.tree import Path
from groundplan.model.arrow import ROUTED
from groundplan.model.platform import Platform
from groundplan.model.route import Auth, Route, WithoutCache
from groundplan.model.service import Kind, Service

PREFIX: Final = "/api"
OURS: Final = ("/api/v1", "/api/docs")
"""What belongs to the backend; services of the user's live beside it."""
RANKS: Final = ("viewer", "operator", "administrator")


def _lies_below(path: str, above: str) -> bool:
    """Say whether a path is another or lies below it, by whole segments."""
    return path == above or path.startswith(above.rstrip("/") + "/")


def _routes(platform: Platform) -> Iterator[tuple[str, Path, Route]]:
    for name, service in platform.services.items():
        for index, route in enumerate(service.routes):
            yield name, ("services", name, "routes", index, "path"), route


def _rightful(platform: Platform) -> Iterator[tuple[str, Path, Route]]:
    """Yield the routes without those that take what is the backend's, which is said once."""
    for name, path, route in _routes(platform):
        if not (platform.services[name].is_own and _is_ours(route.path)):
            yield name, path, route


def _is_ours(path: str) -> bool:
    return any(_lies_below(path, each) for each in OURS)


def have_owners(platform: Platform) -> Iterator[Finding]:
    """Only the backend and the user's services have routes."""
    for name, service in platform.services.items():
        if service.routes and service.kind not in ROUTED:
            wrong = f"must be empty: kind {service.kind} has none"
            yield Finding(("services", name, "routes"), wrong, Code.ROUTE_OWNER, "remove them")


def stand_under_api(platform: Platform) -> Iterator[Finding]:
    """Every route begins with /api/, and what begins like the backend's is the backend's."""
    for name, path, route in _routes(platform):
        service = platform.services[name]
        if not route.path.startswith(f"{PREFIX}/"):
            hint = f"write {_suggested(name, service, route)}; all else is the console's"
            yield Finding(path, f"must begin with {PREFIX}/", Code.ROUTE_PREFIX, hint)
        elif _is_ours(route.path) and service.is_own:
            wrong = f"{route.path} is kept for the backend"
            hint = f"write {_suggested(name, service, route)}"
            yield Finding(path, wrong, Code.ROUTE_OWNER, hint)
        elif service.kind is Kind.BACKEND and not _is_ours(route.path):
            wrong = f"must begin with {' or '.join(OURS)} for kind {service.kind}"
            yield Finding(path, wrong, Code.ROUTE_PREFIX)


def _suggested(name: str, service: Service, route: Route) -> str:
    if not service.is_own:
        return f"/api/v1{route.path.rstrip('/')}"
    word = route.path.removeprefix("/api/v1").removeprefix("/api/docs").strip("/")
    return f"{PREFIX}/{word or name}"


def stay_in_place(platform: Platform) -> Iterator[Finding]:
    """No route steps up the path."""
    for _, path, route in _routes(platform):
        if {".", ".."} & set(route.path.split("/")):
            wrong = f"must not hold the segments . or .., is {route.path}"
            yield Finding(path, wrong, Code.ROUTE_PREFIX)


def are_said_once(platform: Platform) -> Iterator[Finding]:
    """No path is given twice."""
    seen: dict[str, str] = {}
    for name, path, route in _rightful(platform):
        if route.path in seen:
            owner = seen[route.path]
            of = "this service" if owner == name else f"`{owner}`"
            yield Finding(path, f"{route.path} is a route of {of} already", Code.ROUTE_TWICE)
        seen.setdefault(route.path, name)


def hide_none(platform: Platform) -> Iterator[Finding]:
    """No service has a route below another's, where each could take the other's requests."""
    owners = {route.path: name for name, _, route in reversed(list(_routes(platform)))}
    for name, path, route in _rightful(platform):
        for above in _above(route.path):
            owner = owners.get(above, name)
            if owner != name:
                wrong = f"{route.path} lies below {above}, a route of `{owner}`"
                hint = f"choose a path beside it, such as {PREFIX}/{name}"
                yield Finding(path, wrong, Code.ROUTE_SHADOW, hint)
                break


def _above(path: str) -> Iterator[str]:
    """Yield the paths above one, the nearest first."""
    while path := path.rpartition("/")[0]:
        yield path


def readers_come_first(platform: Platform) -> Iterator[Finding]:
    """Who may write may read."""
    for _, path, route in _routes(platform):
        read, write = route.roles.read, route.roles.write
        if route.auth is Auth.REQUIRED and RANKS.index(read) > RANKS.index(write):
            wrong = f"{write} may write but not read, which is for {read}"
            hint = "let `read` ask for no more than `write`"
            yield Finding((*path[:-1], "roles"), wrong, Code.RISK, hint, is_warning=True)


def write_for_sessions(platform: Platform) -> Iterator[Finding]:
    """Nobody writes for a session that cannot be looked up."""
    for _, path, route in _routes(platform):
        if route.when_cache_is_down is WithoutCache.ALL and route.auth is Auth.REQUIRED:
            wrong = "`all` lets through who signed out, because nobody can look it up"
            hint = "write `reads`, or `auth: none` where the service itself checks who calls"
            yield Finding((*path[:-1], "whenCacheIsDown"), wrong, Code.ROUTE_CACHE, hint)


RULES: Final = (
    Rule(have_owners, (EACH_SERVICE,)),
    Rule(stand_under_api, (EACH_SERVICE,)),
    Rule(stay_in_place, (EACH_SERVICE,)),
    Rule(are_said_once, (EACH_SERVICE,)),
    Rule(hide_none, (EACH_SERVICE,)),
    Rule(readers_come_first, (EACH_SERVICE,)),
    Rule(write_for_sessions, (EACH_SERVICE,)),
)
