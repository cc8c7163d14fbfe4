"""Alerts about the signals themselves: who keeps them is gone, or some were lost.

Takes a platform; hands on one group, and for a cluster one about Prometheus and Alertmanager. What
is left out on purpose, by sampling or by the cap of a process, is no loss.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from groundplan.model import flow
from groundplan.model.platform import TELEMETRY, Platform
from groundplan.targets.monitoring import fluentd, logstash, manifest, metric
from groundplan.targets.monitoring.collector import part
from groundplan.targets.monitoring.elastic import cluster
from groundplan.targets.monitoring.rules.rule import Alert, Group
from groundplan.targets.monitoring.rules.services import GONE
from groundplan.targets.monitoring.rules.window import MINUTE, Clock

LOST: Final = "queue_full|refused"
KEEPERS: Final = (flow.COLLECTOR, part.GATEWAY, "jaeger")
"""Jobs of a cluster through which spans go."""
DASHBOARD: Final = "platform"


class Pods(NamedTuple):
    """A keeper that shows no figures of its own: whether it is there is said of its pods."""

    job: str
    ready: str
    """How many of them are ready; the operator of Elastic adds to the names of its objects."""
    lost: str
    """What is so while none is."""


_OURS: Final = f'namespace="{manifest.NAMESPACE}"'
PODS: Final = (
    Pods(
        cluster.NAME,
        f'{metric.STATEFULSET_READY}{{{_OURS},statefulset=~"{cluster.NAME}-es-.+"}}',
        "Lines wait on their way, and traces are lost.",
    ),
    Pods(
        logstash.NAME,
        f'{metric.STATEFULSET_READY}{{{_OURS},statefulset="{logstash.NAME}-ls"}}',
        "Lines wait on their nodes, and cannot be found.",
    ),
    Pods(
        fluentd.NAME,
        f'{metric.DAEMONSET_READY}{{namespace="{manifest.AGENTS}",daemonset="{fluentd.NAME}"}}',
        "Lines stay in the files of their nodes, which do not keep them for long.",
    ),
    Pods(
        cluster.KIBANA,
        f'{metric.DEPLOYMENT_READY}{{{_OURS},deployment="{cluster.KIBANA}-kb"}}',
        "Nothing is lost, and lines are found in the console alone.",
    ),
)
"""Keepers of a cluster of which kube-state-metrics tells."""


def groups(platform: Platform, clock: Clock, *, in_cluster: bool) -> Iterator[Group]:
    """Yield the groups."""
    every = platform.observability.metrics.interval
    keepers = KEEPERS if in_cluster else (TELEMETRY,)
    pods = map(_unready, PODS if in_cluster else ())
    alerts = (_dropped(clock, in_cluster=in_cluster), *map(_down, keepers), *pods)
    yield Group("telemetry", every, alerts)
    if in_cluster:
        yield Group("watchers", every, (_unsent(clock), _failing(clock), _awake()))


def _dropped(clock: Clock, *, in_cluster: bool) -> Alert:
    time = clock.text(5 * MINUTE)
    keeper = metric.COLLECTOR_LOST if in_cluster else (metric.STORE_DROPPED,)
    unsent = f'increase({metric.SPANS}{{outcome=~"{LOST}"}}[{time}])'
    losses = (unsent, *(f"increase({each}[{time}])" for each in keeper))
    lost = " or ".join(f"sum by (job) ({each}) > 0" for each in losses)
    return Alert(
        name="TelemetryDropped",
        expression=lost,
        after=5 * MINUTE,
        summary="{{ $labels.job }} loses signals",
        description="About {{ $value }} records were lost within five minutes: what is shown has "
        "gaps, and alerts may come late.",
        dashboard=DASHBOARD,
    )


def _down(job: str) -> Alert:
    return Alert(
        name="TelemetryDown",
        expression=f'absent({metric.UP}{{job="{job}"}} == 1)',
        after=GONE,
        labels={"service": job, "job": job},
        summary=f"{job} is down",
        description=f"No {job} has answered for half a minute. Users do not feel it; what happens "
        "meanwhile leaves fewer traces or none.",
        dashboard=DASHBOARD,
    )


def _unready(pods: Pods) -> Alert:
    # Where nobody counts pods, none is said to be away.
    return Alert(
        name="TelemetryDown",
        expression=f"absent({pods.ready} > 0) and on() count({metric.NODES})",
        after=5 * MINUTE,
        labels={"service": pods.job, "job": pods.job},
        summary=f"{pods.job} is down",
        description=f"No pod of {pods.job} has been ready for five minutes. Users do not feel it. "
        f"{pods.lost}",
        dashboard=DASHBOARD,
    )


def _unsent(clock: Clock) -> Alert:
    time = clock.text(5 * MINUTE)
    unsent, unheard = (f"increase({each}[{time}])" for each in metric.ALERTS_UNSENT)
    return Alert(
        name="AlertsNotSent",
        expression=f"sum by (integration) ({unsent}) > 0 or sum by (job) ({unheard}) > 0",
        after=MINUTE,
        summary="alerts do not reach who must be told",
        description="{{ $value }} messages were lost on the way within five minutes"
        "{{ with $labels.integration }} to a receiver of the kind {{ . }}{{ end }}: "
        "somebody believes that all is well.",
        dashboard=DASHBOARD,
    )


def _failing(clock: Clock) -> Alert:
    failures = f"increase({metric.RULE_FAILURES}[{clock.text(5 * MINUTE)}])"
    return Alert(
        name="RulesFailing",
        expression=f"sum by (rule_group) ({failures}) > 0",
        after=5 * MINUTE,
        summary="Prometheus cannot evaluate rules of ours",
        description="Rules of {{ $labels.rule_group }} have failed for five minutes: what they "
        "watch is not watched.",
        dashboard=DASHBOARD,
    )


def _awake() -> Alert:
    return Alert(
        name="Watchdog",
        expression="vector(1)",
        summary="Prometheus and Alertmanager are awake",
        description="This fires always and tells nobody. Whoever expects it learns from its "
        "absence that all other alerts are mute.",
        dashboard=DASHBOARD,
    )
