"""Alerts about the database and the cache: gone, slow, or nearly full.

Takes a platform; hands on one group. What is slow is what the file's objectives say.
"""

from collections.abc import Iterator

from groundplan.model import written
from groundplan.model.alert import AlertName
from groundplan.model.platform import CACHE, DATABASE, Platform
from groundplan.targets.monitoring import metric
from groundplan.targets.monitoring.rules.rule import Alert, Group
from groundplan.targets.monitoring.rules.services import GONE
from groundplan.targets.monitoring.rules.window import MINUTE, Clock

FULL = 0.9


def groups(platform: Platform, clock: Clock) -> Iterator[Group]:
    """Yield the group."""
    objectives = platform.objectives
    alerts = (
        _gone("DatabaseDown", metric.DATABASE_UP, DATABASE, "writes fail and most reads too"),
        _gone("CacheDown", metric.CACHE_UP, CACHE, "nobody can sign in, and reads cost more"),
        *_slow("DatabaseSlow", DATABASE, "postgresql", objectives.database.latency.average, clock),
        *_slow("CacheSlow", CACHE, "redis", objectives.cache.latency.average, clock),
        _sessions(),
        _memory(),
    )
    yield Group("stores", platform.observability.metrics.interval, alerts)


def _gone(name: AlertName, up: str, store: str, meaning: str) -> Alert:
    return Alert(
        name=name,
        expression=f'absent({up}{{job="{store}"}} == 1)',
        after=GONE,
        labels={"service": store},
        summary=f"the {store} is down",
        description=f"The {store} has not answered for half a minute: {meaning}.",
        dashboard=store,
    )


def _slow(
    name: AlertName, store: str, system: str, most: float | None, clock: Clock
) -> Iterator[Alert]:
    """Yield nothing where no average is promised; what failed is told of by others."""
    if most is None:
        return
    time = clock.text(5 * MINUTE)
    of = f'{{system="{system}",operation!="CONNECT",error_type=""}}'
    total = f"sum(rate({metric.DATABASE_TIME}_sum{of}[{time}]))"
    count = f"sum(rate({metric.DATABASE_TIME}_count{of}[{time}]))"
    yield Alert(
        name=name,
        expression=f"{total} / ({count} > 0) > {most:.10g}",
        after=5 * MINUTE,
        labels={"service": store},
        summary=f"the {store} answers slowly",
        description=f"The {store}'s answers take {{{{ $value | humanizeDuration }}}} on average; "
        f"the objective is {written.duration(most)}.",
        dashboard=store,
    )


def _sessions() -> Alert:
    used = f"sum({metric.DATABASE_SESSIONS})"
    return Alert(
        name="DatabaseConnectionsHigh",
        expression=f"{used} / max({metric.DATABASE_MOST_SESSIONS}) > {FULL}",
        after=5 * MINUTE,
        labels={"service": DATABASE},
        summary="the database has hardly any connection left",
        description="{{ $value | humanizePercentage }} of its connections are taken; "
        "when none is left, requests fail.",
        dashboard=DATABASE,
    )


def _memory() -> Alert:
    return Alert(
        name="CacheMemoryHigh",
        expression=f"max({metric.CACHE_MEMORY} / ({metric.CACHE_MOST_MEMORY} > 0)) > {FULL}",
        after=5 * MINUTE,
        labels={"service": CACHE},
        summary="the cache's memory is nearly full",
        description="{{ $value | humanizePercentage }} of its memory is used; when it is full, "
        "sessions and limits cannot be written.",
        dashboard=CACHE,
    )
