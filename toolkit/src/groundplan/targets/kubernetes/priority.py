"""Priority classes: who is scheduled first, and who gives way, when nodes are full."""

from typing import Final

from lightkube.resources.scheduling_v1 import PriorityClass

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import label
from groundplan.targets.kubernetes.object import Object

DATA: Final = "data"
SERVICE: Final = "service"
BATCH: Final = "batch"
_CLASSES: Final = {
    DATA: (100_000, "PreemptLowerPriority", "Stores: there is one of each, and all need them."),
    SERVICE: (10_000, "PreemptLowerPriority", "Services that answer people."),
    BATCH: (1_000, "Never", "Jobs: they wait for room and take none from others."),
}
"""By word: the value, whether others are evicted for it, and what it is for."""


def name(platform: Platform, word: str) -> str:
    """Return the name of a class; it holds for the whole cluster, so it begins with ours."""
    return f"{platform.name}-{word}"


def classes(platform: Platform, placement: Placement, component: str) -> list[Object]:
    """Return the classes, as objects of the given component."""
    return [
        PriorityClass(
            metadata=label.cluster_metadata(platform, placement, component, name(platform, word)),
            value=value,
            preemptionPolicy=preemption,
            globalDefault=False,
            description=description,
        )
        for word, (value, preemption, description) in _CLASSES.items()
    ]
