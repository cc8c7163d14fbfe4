"""Objectives over 30 days name services that answer, and leave errors a budget.

Takes a platform; what each component tells about itself is judged here too.
"""

from collections.abc import Iterator
from typing import Final

from groundplan.loader.code import Code
from groundplan.loader.finding import Finding
from groundplan.loader.rules.rule import Rule
from groundplan.loader.suggest import suggest
from groundplan.model import written
from groundplan.model.objective import WINDOW, Slo
from groundplan.model.platform import CACHE, DATABASE, Platform
from groundplan.model.service import Kind

P95: Final = 0.95
_SLOS: Final = ("objectives", "slos")


def name_who_answers(platform: Platform) -> Iterator[Finding]:
    """Every objective is of the gateway or of a service that it asks.

    Where there is no gateway, that is what must be told.
    """
    known = [
        name
        for name, service in platform.services.items()
        if service.routes or service.kind is Kind.GATEWAY
    ]
    is_whole = any(platform.of_kind(Kind.GATEWAY))
    for name, slo in platform.objectives.slos.items():
        if is_whole and slo.service not in known:
            wrong = f"`{slo.service}` is no service that answers requests"
            hint = suggest(slo.service, known) or f"there are {', '.join(known[:12])}"
            yield Finding((*_SLOS, name, "service"), wrong, Code.OBJECTIVE, hint)


def leave_a_budget(platform: Platform) -> Iterator[Finding]:
    """An objective leaves room for errors; alerts are fractions of it."""
    for name, slo in platform.objectives.slos.items():
        if not 0 < slo.objective < 1:
            wrong = "must be more than 0% and less than 100%"
            hint = "99.9% allows 43 minutes a month"
            where = ("latency", "share") if slo.latency else ("availability",)
            yield Finding((*_SLOS, name, *where), wrong, Code.OBJECTIVE, hint)


def keep_what_the_api_promises(platform: Platform) -> Iterator[Finding]:
    """The gateway's objectives promise no less than `objectives.api`."""
    gateways = {name for name, _ in platform.of_kind(Kind.GATEWAY)}
    for name, slo in platform.objectives.slos.items():
        if slo.service in gateways:
            yield from _available(platform, name, slo)
            yield from _prompt(platform, name, slo)


def _available(platform: Platform, name: str, slo: Slo) -> Iterator[Finding]:
    promised = platform.objectives.api.availability
    if slo.availability is not None and slo.availability < promised < 1:
        wrong = (
            f"must be at least objectives.api.availability ({written.share(promised)}), "
            f"is {written.share(slo.availability)}"
        )
        also = (("objectives", "api", "availability"),)
        yield Finding((*_SLOS, name, "availability"), wrong, Code.OBJECTIVE, also=also)


def _prompt(platform: Platform, name: str, slo: Slo) -> Iterator[Finding]:
    promised = platform.objectives.api.latency.p95
    if slo.latency is None or promised is None or slo.latency.share < P95:
        return
    if slo.latency.share == P95 and slo.latency.threshold > promised:
        wrong = (
            f"must be at most objectives.api.latency.p95 ({written.duration(promised)}), "
            f"is {written.duration(slo.latency.threshold)}"
        )
        also = (("objectives", "api", "latency", "p95"),)
        path = (*_SLOS, name, "latency", "threshold")
        yield Finding(path, wrong, Code.OBJECTIVE, also=also)


def are_remembered(platform: Platform) -> Iterator[Finding]:
    """Metrics are kept for as long as objectives last, or no budget could be added up."""
    kept = platform.observability.metrics.retention
    if platform.objectives.slos and kept < WINDOW:
        wrong = f"must be at least {written.duration(WINDOW)}, is {written.duration(kept)}"
        hint = "objectives are over 30 days; what was forgotten would count as well"
        path = ("observability", "metrics", "retention")
        yield Finding(path, wrong, Code.OBJECTIVE, hint, also=(_SLOS,))


def signals_are_of_components(platform: Platform) -> Iterator[Finding]:
    """Signals are those of services, of the database and of the cache, each said once."""
    known = (*platform.services, DATABASE, CACHE)
    for name, signals in platform.objectives.signals.items():
        path = ("objectives", "signals", name)
        if name not in known:
            hint = suggest(name, known) or f"there are {', '.join(known[:12])}"
            wrong = f"there is no service or store `{name}`"
            yield Finding(path, wrong, Code.OBJECTIVE, hint, is_warning=True)
        elif len(set(signals)) < len(signals):
            yield Finding(path, "must name each signal once", Code.OBJECTIVE)


RULES: Final = (
    Rule(name_who_answers, ("objectives", "services")),
    Rule(leave_a_budget, ("objectives",)),
    Rule(keep_what_the_api_promises, ("objectives", "services")),
    Rule(are_remembered, ("objectives", "observability"), in_cloud=True),
    Rule(signals_are_of_components, ("objectives", "services")),
)
