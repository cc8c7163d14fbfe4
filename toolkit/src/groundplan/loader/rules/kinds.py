"""One service of each of Groundplan's own kinds, and a way to run every one of the user's."""

from collections.abc import Iterator
from typing import Final

from groundplan.loader.code import Code
from groundplan.loader.finding import Finding
from groundplan.loader.rules.rule import EACH_SERVICE, Rule
from groundplan.model import flow
from groundplan.model.platform import PROMETHEUS, STORES, TELEMETRY, Platform
from groundplan.model.service import Kind

OURS: Final = tuple(kind for kind in Kind if kind is not Kind.SERVICE)
JOBS: Final = (
    flow.ACCOUNTS,
    flow.CACHE_BACKUP,
    flow.CACHE_RESTORE,
    flow.CACHE_RESTORE_CHECK,
)
WATCHERS: Final = (flow.COLLECTOR, flow.CACHE_EXPORTER, flow.DATABASE_EXPORTER)
FOLDERS: Final = ("namespace", "authority", "jobs", "access", "argocd")
"""Below generated/<environment>/kubernetes/, beside the services' own."""
RESERVED: Final = (*STORES, TELEMETRY, PROMETHEUS, *JOBS, *WATCHERS, *FOLDERS)


def one_of_each(platform: Platform) -> Iterator[Finding]:
    """There is exactly one service of each kind that is Groundplan's own."""
    for kind in OURS:
        first, *more = [name for name, _ in platform.of_kind(kind)] or [""]
        if not first:
            wrong = f"must have one service of kind {kind}, has none"
            hint = "`extends: reference` brings one of each kind"
            yield Finding(("services",), wrong, Code.KIND_COUNT, hint)
        for name in more:
            wrong = f"`{first}` is of kind {kind} already, and a platform has one"
            hint = f"a program of your own is `kind: {Kind.SERVICE}`"
            yield Finding(("services", name, "kind"), wrong, Code.KIND_COUNT, hint)


def are_run(platform: Platform) -> Iterator[Finding]:
    """The user's services say how they are run; Groundplan's own do not."""
    for name, service in platform.services.items():
        if service.is_own and service.run is None:
            wrong = "must say how it is run"
            hint = f'add `run: {{directory: {name}, asgi: "app:app"}}`, or wsgi, or command'
            yield Finding(("services", name), wrong, Code.RUN, hint)
        if service.run and not service.is_own:
            wrong = f"must not be given: Groundplan knows how to run kind {service.kind}"
            hint = f"remove it, or make the service `kind: {Kind.SERVICE}`"
            yield Finding(("services", name, "run"), wrong, Code.RUN, hint)


def leave_names(platform: Platform) -> Iterator[Finding]:
    """No service is called like a store, a job of the platform's, or a folder of its objects."""
    for name in platform.services:
        if name in RESERVED or name.startswith(flow.MIGRATION):
            wrong = f"`{name}` names the platform's own {name}, and cannot name a service"
            hint = f"call it {name}-service"
            yield Finding(("services", name), wrong, Code.RESERVED_NAME, hint)


RULES: Final = (
    Rule(one_of_each, ("services",)),
    Rule(are_run, (EACH_SERVICE,)),
    Rule(leave_names, (EACH_SERVICE,)),
)
