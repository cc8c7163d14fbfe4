"""Rules: one set for this machine and for the cluster, in Prometheus' own format.

Takes a platform and a placement; hands on one file a subject. The jobs that they name are the
platform's components everywhere, so what fires here fires there. A platform whose file says
`observability.local.scale` has all times divided by it, to rehearse faults on one machine.
"""

from collections.abc import Iterator

from groundplan.formats import yaml
from groundplan.model.file import File, Files
from groundplan.model.placement import Discovery, Placement
from groundplan.model.platform import Platform
from groundplan.targets.monitoring.rules import machines, objectives, services, stores, telemetry
from groundplan.targets.monitoring.rules.rule import Alert, Group
from groundplan.targets.monitoring.rules.window import Clock

__all__ = ["FOLDER", "alerts", "clock", "groups", "render"]

FOLDER = "rules"
LOOKS = 3
"""However much times are shortened, so many looks must agree."""


def render(platform: Platform, placement: Placement) -> Files:
    """Return a file of rules for each group."""
    time = clock(platform, placement)
    return tuple(
        File(f"{FOLDER}/{group.name}.yaml", yaml.dump({"groups": [group.plain(time)]}))
        for group in groups(platform, placement)
    )


def groups(platform: Platform, placement: Placement) -> Iterator[Group]:
    """Yield all groups."""
    time, in_cluster = clock(platform, placement), placement.discovery is Discovery.NAMES
    yield from objectives.groups(platform, time)
    yield from services.groups(platform, time)
    yield from stores.groups(platform, time)
    yield from machines.groups(platform, time, in_cluster=in_cluster)
    yield from telemetry.groups(platform, time, in_cluster=in_cluster)


def alerts(platform: Platform, placement: Placement) -> Iterator[Alert]:
    """Yield the alerts of all groups."""
    for group in groups(platform, placement):
        for rule in group.rules:
            if isinstance(rule, Alert):
                yield rule


def clock(platform: Platform, placement: Placement) -> Clock:
    """Return by how much times are shortened; nothing is rehearsed in a cluster."""
    scale = platform.observability.local.scale
    if placement.discovery is Discovery.NAMES or scale == 1:
        return Clock()
    return Clock(scale, least=LOOKS * platform.observability.metrics.interval)
