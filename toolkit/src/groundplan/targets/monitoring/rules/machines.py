"""Alerts about machines: disks, CPU and memory that run out, and certificates that end.

Takes a platform; hands on one group for everywhere, and for a cluster one of what only clusters
have: volumes, restarts, autoscalers, the certificates of cert-manager.
"""

from collections.abc import Iterator
from typing import Final

from groundplan.model.alert import AlertName
from groundplan.model.platform import Platform
from groundplan.targets.monitoring import metric, namespaces
from groundplan.targets.monitoring.rules.rule import Alert, Group
from groundplan.targets.monitoring.rules.services import STARTS
from groundplan.targets.monitoring.rules.window import DAY, MINUTE, Clock

LEFT: Final = 0.1
"""Share of a disk below which it is time to act."""
BUSY: Final = 0.9
DAYS: Final = 14
"""Days before its end at which a certificate should long have been replaced."""
DASHBOARD: Final = "cluster"
_DISKS: Final = '{mountpoint!~"/(dev|proc|run|sys)(/.*)?"}'


def groups(platform: Platform, clock: Clock, *, in_cluster: bool) -> Iterator[Group]:
    """Yield the groups."""
    every = platform.observability.metrics.interval
    idle = f'{metric.CPU}{{mode="idle"}}[{clock.text(5 * MINUTE)}]'
    alerts = (
        _disk(f"{metric.DISK_FREE}{_DISKS} / {metric.DISK}{_DISKS}", "instance", "mountpoint"),
        _busy("CpuHigh", f"1 - avg by (instance) (rate({idle}))"),
        _busy("MemoryHigh", f"1 - {metric.MEMORY_FREE} / {metric.MEMORY}"),
        _certificate(f"min by (job) ({metric.CERTIFICATE_DAYS}) < {DAYS}", "job"),
    )
    yield Group("machines", every, alerts)
    if in_cluster:
        yield Group("cluster", every, tuple(_cluster(platform.name, clock)))


def _cluster(namespace: str, clock: Clock) -> Iterator[Alert]:
    ours = f'{{namespace="{namespace}"}}'
    all_ours = f'{{namespace=~"{"|".join((namespace, *namespaces.NAMESPACES))}"}}'
    left = f"{metric.CERTIFICATE_END}{all_ours} - time() < {DAYS * DAY:.10g}"
    room = f"{metric.VOLUME_FREE}{all_ours} / {metric.VOLUME}{all_ours}"
    yield _disk(room, "namespace", "persistentvolumeclaim")
    yield _certificate(left, "name")
    yield _restarts(ours, clock)
    yield _scaled(ours)


def _disk(share: str, where: str, which: str) -> Alert:
    return Alert(
        name="DiskAlmostFull",
        expression=f"{share} < {LEFT}",
        after=MINUTE,
        summary=f"{{{{ $labels.{which} }}}} is almost full",
        description=f"{{{{ $value | humanizePercentage }}}} is left of {{{{ $labels.{which} }}}} "
        f"on {{{{ $labels.{where} }}}}; PostgreSQL and Redis stop writing when nothing is.",
        dashboard=DASHBOARD,
    )


def _busy(name: AlertName, used: str) -> Alert:
    what = "CPU" if name == "CpuHigh" else "memory"
    return Alert(
        name=name,
        expression=f"{used} > {BUSY}",
        after=15 * MINUTE,
        summary=f"{{{{ $labels.instance }}}} has hardly any {what} left",
        description=f"{{{{ $value | humanizePercentage }}}} of its {what} has been in use "
        "for a quarter of an hour.",
        dashboard=DASHBOARD,
    )


def _certificate(expression: str, whose: str) -> Alert:
    return Alert(
        name="CertificateExpires",
        expression=expression,
        after=5 * MINUTE,
        summary=f"a certificate of {{{{ $labels.{whose} }}}} ends within {DAYS} days",
        description="It should have been replaced by now. When it ends, nobody speaks to "
        f"{{{{ $labels.{whose} }}}} any more.",
        dashboard=DASHBOARD,
    )


def _restarts(ours: str, clock: Clock) -> Alert:
    while_ = clock.text(15 * MINUTE)
    return Alert(
        name="ReplicaFlapping",
        expression=f"increase({metric.RESTARTS}{ours}[{while_}]) >= {STARTS}",
        summary="{{ $labels.pod }} is started again and again",
        description="The container {{ $labels.container }} of {{ $labels.pod }} was started "
        "{{ $value }} times within a quarter of an hour.",
        dashboard="services",
    )


def _scaled(ours: str) -> Alert:
    return Alert(
        name="AutoscalerAtLimit",
        expression=f"{metric.COPIES}{ours} >= {metric.MOST_COPIES}{ours}",
        after=15 * MINUTE,
        summary="{{ $labels.horizontalpodautoscaler }} cannot grow any further",
        description="{{ $labels.horizontalpodautoscaler }} has had its most replicas for a "
        "quarter of an hour: more load than was planned for, or slower answers.",
        dashboard=DASHBOARD,
    )
