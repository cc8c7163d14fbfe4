"""The order in which kubectl applies objects: what others stand on, hooks, then workloads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from groundplan.cloud.delivery.manifest import Object

FOUNDATION: Final = frozenset({"Namespace", "PriorityClass", "StorageClass"})
WORKLOADS: Final = frozenset(
    {
        "Deployment",
        "StatefulSet",
        "DaemonSet",
        "CronJob",
        "Job",
        "HorizontalPodAutoscaler",
        "PodDisruptionBudget",
        "Ingress",
    }
)
BEFORE: Final = "PreSync"
AFTER: Final = "PostSync"


@dataclass(frozen=True, slots=True)
class Phase:
    """Objects that are applied together."""

    name: str
    objects: tuple[Object, ...]
    is_hook: bool = False
    """Whether they are jobs that are made anew, and must end before the next phase."""


def phases(objects: Iterable[Object]) -> list[Phase]:
    """Return the phases that have objects, in their order."""
    kept = tuple(objects)
    plain = [each for each in kept if not _is_job_hook(each)]
    found = [
        Phase("namespace", tuple(each for each in plain if each.kind in FOUNDATION)),
        Phase("configuration", tuple(each for each in plain if _is_configuration(each))),
        *_hooks(kept, BEFORE),
        Phase("workloads", tuple(each for each in plain if each.kind in WORKLOADS)),
        *_hooks(kept, AFTER),
    ]
    return [each for each in found if each.objects]


def _is_job_hook(found: Object) -> bool:
    return found.kind == "Job" and bool(found.hook)


def _is_configuration(found: Object) -> bool:
    return found.kind not in FOUNDATION | WORKLOADS


def _hooks(objects: Sequence[Object], word: str) -> list[Phase]:
    """Return a phase for each wave of a hook's jobs."""
    jobs = [each for each in objects if _is_job_hook(each) and word in each.hook]
    waves = sorted({each.wave for each in jobs})
    return [
        Phase(f"{word} jobs", tuple(each for each in jobs if each.wave == wave), is_hook=True)
        for wave in waves
    ]
