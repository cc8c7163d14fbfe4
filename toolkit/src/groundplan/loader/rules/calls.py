"""Calls name something that is there, make no circle, and hold what the platform needs."""

from collections.abc import Iterator, Mapping
from typing import Final

from groundplan.loader.code import Code
from groundplan.loader.finding import Finding
from groundplan.loader.rules.rule import EACH_SERVICE, Rule
from groundplan.loader.suggest import suggest
from groundplan.model.order import find_circle
from groundplan.model.platform import CACHE, DATABASE, STORES, Platform
from groundplan.model.service import Kind

_NEEDED: Final[Mapping[Kind, tuple[Kind | str, ...]]] = {
    Kind.STATIC: (Kind.GATEWAY,),
    Kind.GATEWAY: (Kind.AUTHORIZATION,),
    Kind.AUTHORIZATION: (CACHE,),
    Kind.BACKEND: (DATABASE, CACHE),
}


def name_something(platform: Platform) -> Iterator[Finding]:
    """Every call names a service or a store."""
    known = (*platform.services, *STORES)
    for name, service in platform.services.items():
        for index, callee in enumerate(service.calls):
            if callee not in known:
                wrong = f"there is no service or store `{callee}`"
                hint = suggest(callee, known) or f"there are {', '.join(known[:12])}"
                yield Finding(("services", name, "calls", index), wrong, Code.UNKNOWN_CALL, hint)


def name_others(platform: Platform) -> Iterator[Finding]:
    """No service calls itself."""
    for name, service in platform.services.items():
        if name in service.calls:
            path = ("services", name, "calls", service.calls.index(name))
            yield Finding(path, f"`{name}` cannot call itself", Code.SELF_CALL, "remove it")


def make_no_circle(platform: Platform) -> Iterator[Finding]:
    """Calls lead from the edge to the stores and never back."""
    names = set(platform.services)
    circle = find_circle(
        {
            name: [callee for callee in service.calls if callee in names - {name}]
            for name, service in platform.services.items()
        }
    )
    if circle:
        first = min(
            range(len(circle) - 1), key=lambda at: list(platform.services).index(circle[at])
        )
        around = [*circle[first:-1], *circle[:first], circle[first]]
        wrong = f"calls go in a circle: {' -> '.join(around)}"
        hint = f"drop one arrow; a service that has routes is called by the {Kind.GATEWAY}"
        first_path, *also = (("services", name, "calls") for name in around[:-1])
        yield Finding(first_path, wrong, Code.CALL_CIRCLE, hint, also=tuple(also))


def hold_needed(platform: Platform) -> Iterator[Finding]:
    """Groundplan's own services call what they cannot do without."""
    for name, service in platform.services.items():
        for needed in _NEEDED.get(service.kind, ()):
            names = _names(platform, needed)
            if names and not set(names) & set(service.calls):
                wrong = f"must hold `{names[0]}`: kind {service.kind} cannot do without it"
                hint = f"add it: calls: [{', '.join((*service.calls, names[0]))}]"
                yield Finding(("services", name, "calls"), wrong, Code.MISSING_CALL, hint)


def _names(platform: Platform, needed: Kind | str) -> list[str]:
    if isinstance(needed, Kind):
        return [name for name, _ in platform.of_kind(needed)]
    return [needed]


def reach_everyone(platform: Platform) -> Iterator[Finding]:
    """Every service of the user's is of use to somebody."""
    for name, service in platform.of_kind(Kind.SERVICE):
        if not service.routes and not service.calls and not platform.callers_of(name):
            wrong = "has no routes, calls nothing and is called by nobody"
            hint = f"give it `routes: [/api/{name}]`"
            yield Finding(("services", name), wrong, Code.RISK, hint, is_warning=True)


RULES: Final = (
    Rule(name_something, ("services",)),
    Rule(name_others, (EACH_SERVICE,)),
    Rule(make_no_circle, ("services",)),
    Rule(hold_needed, ("services",)),
    Rule(reach_everyone, ("services",)),
)
