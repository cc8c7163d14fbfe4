"""Objectives over 30 days: what was asked and went wrong, and alerts while a budget burns.

Takes a platform; hands on a group of short windows and alerts, and one of long windows. Those add
up what the shortest one recorded, so that nobody reads a month of samples.
"""

from collections.abc import Iterator
from typing import Final

from groundplan.model import written
from groundplan.model.objective import Slo
from groundplan.model.platform import Platform
from groundplan.targets.monitoring.rules import indicator
from groundplan.targets.monitoring.rules.rule import Alert, Group, Record
from groundplan.targets.monitoring.rules.window import BURNS, HOUR, MINUTE, WINDOWS, Burn, Clock

LEAST: Final = 10
"""Errors, in the last hour or six, below which nobody is told: one of few is a large share."""
SHORT: Final = ("5m", "30m", "1h")
LONG: Final = ("6h", "3d", "30d")
WEIGHED: Final = ("1h", *LONG)
"""Windows that count as spent only as far as they have been seen."""
RARELY: Final = MINUTE
"""Seconds between two looks at the long windows."""
DASHBOARD: Final = "slos"


def groups(platform: Platform, clock: Clock) -> Iterator[Group]:
    """Yield the groups, where there are objectives."""
    slos = platform.objectives.slos
    if not slos:
        return
    every = platform.observability.metrics.interval
    rarely = max(every, clock.seconds(RARELY))
    short = (each for name in slos for each in _short(platform, name, clock))
    long = (each for name in slos for each in _long(platform, name, clock))
    told = (each for name in slos for each in _alerts(slos[name], name, clock))
    yield Group("objectives-long", rarely, tuple(long))
    yield Group("objectives", every, (*short, *told))


def _labels(name: str, slo: Slo) -> dict[str, str]:
    return {"slo": name, "service": slo.service}


def _short(platform: Platform, name: str, clock: Clock) -> Iterator[Record]:
    slo = platform.objectives.slos[name]
    found, labels = indicator.of(platform, slo), _labels(name, slo)
    yield Record("slo:objective:ratio", f"vector({slo.objective:.10g})", labels)
    if slo.description:
        # A series of its own: one more label would get in the way of who matches the others.
        yield Record("slo:objective:info", "vector(1)", {**labels, "description": slo.description})
    for window in SHORT:
        time = clock.text(WINDOWS[window])
        yield Record(f"slo:requests:rate{window}", found.requests(time), labels)
        yield Record(f"slo:errors:rate{window}", found.errors(time), labels)
        yield _share(name, slo, f"rate{window}", _known(platform, name, window, clock))


def _long(platform: Platform, name: str, clock: Clock) -> Iterator[Record]:
    """Yield sums of what was recorded."""
    slo, every = platform.objectives.slos[name], platform.observability.metrics.interval
    labels = _labels(name, slo)
    for window in LONG:
        time = clock.text(WINDOWS[window])
        for what in ("requests", "errors"):
            recorded = f'slo:{what}:rate5m{{slo="{name}"}}[{time}]'
            total = f"sum_over_time({recorded}) * {every:.10g}"
            yield Record(f"slo:{what}:increase{window}", total, labels)
        yield _share(name, slo, f"increase{window}", _known(platform, name, window, clock))
    yield Record("slo:window:seen_ratio", _seen(platform, name, "30d", clock), labels)
    budget = _threshold(slo, 1)
    spent = f'slo:error_ratio:increase30d{{slo="{name}"}} / {budget}'
    yield Record("slo:error_budget:remaining_ratio", f"1 - {spent}", labels)


def _share(name: str, slo: Slo, window: str, known: str) -> Record:
    """Return the share of requests that went wrong; nothing where nobody asked."""
    errors, requests = (f'slo:{what}:{window}{{slo="{name}"}}' for what in ("errors", "requests"))
    share = f"{errors} / ({requests} > 0){known}"
    return Record(f"slo:error_ratio:{window}", share, _labels(name, slo))


def _known(platform: Platform, name: str, window: str, clock: Clock) -> str:
    """Return a factor: how much of a window has been seen; none for short ones.

    Else a platform that is an hour old would spend the budget of a month in a minute.
    """
    return f" * {_seen(platform, name, window, clock)}" if window in WEIGHED else ""


def _seen(platform: Platform, name: str, window: str, clock: Clock) -> str:
    length, every = clock.seconds(WINDOWS[window]), platform.observability.metrics.interval
    looks = f'count_over_time(slo:requests:rate5m{{slo="{name}"}}[{clock.text(WINDOWS[window])}])'
    return f"clamp_max({looks} * {every / length:.10g}, 1)"


def _threshold(slo: Slo, factor: float) -> str:
    """Return the share of errors that spends the budget so many times too fast."""
    return f"{factor * (1 - slo.objective):.6g}"


def _alerts(slo: Slo, name: str, clock: Clock) -> Iterator[Alert]:
    """Yield a page for what burns fast, and a ticket for what burns all the same."""
    reachable = [burn for burn in BURNS if burn.factor * (1 - slo.objective) < 1]
    for severity in dict.fromkeys(burn.severity for burn in reachable):
        burns = [burn for burn in reachable if burn.severity is severity]
        expression = " or ".join(_burns(slo, name, burn, clock) for burn in burns)
        yield Alert(
            name="LatencyBudgetBurn" if slo.latency else "AvailabilityBudgetBurn",
            expression=expression,
            severity=severity,
            labels=_labels(name, slo),
            summary=f"{name}: the error budget burns {_pace(burns)}",
            description=_words(slo, burns),
            dashboard=DASHBOARD,
        )


def _burns(slo: Slo, name: str, burn: Burn, clock: Clock) -> str:
    most = _threshold(slo, burn.factor)
    long, short = _ratio(burn.long), _ratio(burn.short)
    return (
        f'({long}{{slo="{name}"}} > {most} and {short}{{slo="{name}"}} > {most} '
        f"and {_errors(name, burn, clock)} >= {LEAST})"
    )


def _errors(name: str, burn: Burn, clock: Clock) -> str:
    """Return how many errors there were, in the last hour or the last six."""
    if burn.long in SHORT:
        return f'slo:errors:rate1h{{slo="{name}"}} * {clock.seconds(HOUR):.10g}'
    return f'slo:errors:increase6h{{slo="{name}"}}'


def _ratio(window: str) -> str:
    return f"slo:error_ratio:{'rate' if window in SHORT else 'increase'}{window}"


def _pace(burns: list[Burn]) -> str:
    return " or ".join(f"{burn.factor:g} times its pace over {burn.long}" for burn in burns)


def _words(slo: Slo, burns: list[Burn]) -> str:
    what = "failed"
    if slo.latency is not None:
        what = f"took longer than {written.duration(slo.latency.threshold)}"
    shares = " or ".join(
        f"{written.share(round(burn.factor * (1 - slo.objective), 6))} over {burn.long}"
        for burn in burns
    )
    return (
        f"{{{{ $value | humanizePercentage }}}} of requests to {slo.service} {what}. "
        f"Objective: {written.share(slo.objective)} good; this alert begins at {shares} bad."
    )
