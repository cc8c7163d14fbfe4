"""Alerts about services: gone, flapping, held back by breakers and limits, or under attack.

Takes a platform; hands on one group. Whom to ask is what the file's signals say: who gives metrics
is asked for them; of who gives none, the gateway knows whether he is well.
"""

from collections.abc import Iterator
from typing import Final

from groundplan.model.platform import Platform
from groundplan.targets.monitoring import metric
from groundplan.targets.monitoring.rules.rule import Alert, Group
from groundplan.targets.monitoring.rules.window import MINUTE, Clock

GONE: Final = 30.0
"""Seconds that nobody may answer before somebody is woken: two looks, and no more."""
DASHBOARD: Final = "services"
FLAPS: Final = 4
"""Down and up again count as two."""
STARTS: Final = 3


def groups(platform: Platform, clock: Clock) -> Iterator[Group]:
    """Yield the group."""
    measured = [
        name
        for name in platform.services
        if "metrics" in platform.objectives.signals.get(name, ())
    ]
    unseen = [name for name, each in platform.services.items() if each.routes]
    alerts = (
        *(_down(name) for name in measured),
        *(_unreachable(name) for name in unseen if name not in measured),
        *(_replicas(measured, clock) if measured else ()),
        _breaker(),
        _limited(clock),
        _refused(clock),
    )
    yield Group("services", platform.observability.metrics.interval, alerts)


def _down(name: str) -> Alert:
    return Alert(
        name="ServiceDown",
        expression=f'absent({metric.UP}{{job="{name}"}} == 1)',
        after=GONE,
        labels={"service": name, "job": name},
        summary=f"{name} is down",
        description=f"No replica of {name} has answered for half a minute.",
        dashboard=DASHBOARD,
    )


def _unreachable(name: str) -> Alert:
    return Alert(
        name="ServiceDown",
        expression=f'max({metric.HEALTHY}{{envoy_cluster_name="{name}"}}) == 0',
        after=GONE,
        labels={"service": name, "job": name},
        summary=f"{name} is down",
        description=f"The gateway has found no healthy replica of {name} for half a minute.",
        dashboard=DASHBOARD,
    )


def _replicas(measured: list[str], clock: Clock) -> Iterator[Alert]:
    jobs = f'{{job=~"{"|".join(measured)}"}}'
    while_ = clock.text(15 * MINUTE)
    flaps = f"changes({metric.UP}{jobs}[{while_}]) >= {FLAPS}"
    starts = f"changes({metric.STARTED}{jobs}[{while_}]) >= {STARTS}"
    yield Alert(
        name="ReplicaDown",
        expression=f"{metric.UP}{jobs} == 0",
        after=10 * MINUTE,
        summary="{{ $labels.instance }} is down",
        description="A replica of {{ $labels.job }} has not answered for ten minutes; "
        "others take its requests.",
        dashboard=DASHBOARD,
    )
    yield Alert(
        name="ReplicaFlapping",
        expression=" or ".join(f"max by (job, instance) ({each})" for each in (flaps, starts)),
        summary="{{ $labels.instance }} dies again and again",
        description="A replica of {{ $labels.job }} came and went {{ $value }} times "
        "within a quarter of an hour.",
        dashboard=DASHBOARD,
    )


def _breaker() -> Alert:
    either = " or ".join(f"max by (envoy_cluster_name) ({name}) == 1" for name in metric.BREAKERS)
    return Alert(
        name="BreakerOpen",
        expression=either,
        after=MINUTE,
        summary="the gateway holds requests back from {{ $labels.envoy_cluster_name }}",
        description="The breaker to {{ $labels.envoy_cluster_name }} has been open for a minute: "
        "more connections or requests are waiting than it may have.",
        dashboard="gateway",
    )


def _limited(clock: Clock) -> Alert:
    time = clock.text(5 * MINUTE)
    every = f"sum(rate({metric.DECISIONS}[{time}]))"
    limited = f'sum(rate({metric.DECISIONS}{{result="rate_limited"}}[{time}]))'
    return Alert(
        name="RequestsLimited",
        expression=f"{limited} / ({every} > 0) > 0.1",
        after=10 * MINUTE,
        summary="one in ten requests is over its caller's limit",
        description="{{ $value | humanizePercentage }} of requests were answered 429 "
        "for ten minutes: a caller that runs wild, or a limit that is too low.",
        dashboard="gateway",
    )


def _refused(clock: Clock) -> Alert:
    time = clock.text(10 * MINUTE)
    every = f"sum(increase({metric.SIGN_INS}[{time}]))"
    refused = f'sum(increase({metric.SIGN_INS}{{outcome=~"refused|locked"}}[{time}]))'
    return Alert(
        name="SignInsRefused",
        expression=f"{refused} / {every} > 0.5 and {refused} > 20",
        after=5 * MINUTE,
        summary="most sign-ins are refused",
        description="{{ $value | humanizePercentage }} of sign-ins were refused or met a locked "
        "account: somebody guesses passwords, or sign-in is broken.",
        dashboard="business",
    )
