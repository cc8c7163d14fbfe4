"""Whether a namespace takes all of its pods: the limits of one, and quotas at the most replicas.

Takes objects; hands on what the namespace's LimitRange or ResourceQuota would refuse when every
autoscaler asks for its most and every job runs once. A quota that is reached lets a release hang
half-applied, hours after it was accepted.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from groundplan.admission.finding import Finding, Object, namespace, title
from groundplan.admission.pod import Container, Pod, containers, pods

QUANTITY: Final = re.compile(r"(\d+(?:\.\d+)?)([numkKMGTP]?i?)")
FACTORS: Final = {
    "": 1.0,
    "n": 1e-9,
    "u": 1e-6,
    "m": 1e-3,
    **{letter: 1000.0**power for power, letter in enumerate("kMGTP", 1)},
    **{f"{letter}i": 1024.0**power for power, letter in enumerate("KMGTP", 1)},
}
SORTS: Final = ("requests", "limits")
AMOUNTS: Final = ("cpu", "memory")
ROUNDING: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a namespace's LimitRange says of a container."""

    most: Mapping[str, Any]
    defaults: Mapping[str, Mapping[str, Any]]


def findings(objects: Iterable[Object]) -> list[Finding]:
    """Return every container that is too large, and every quota that is too small."""
    kept = tuple(objects)
    bounds = {namespace(each): _bounds(each) for each in kept if each["kind"] == "LimitRange"}
    return [*_too_large(kept, bounds), *_too_small(kept, bounds)]


def amount(quantity: str | float) -> float:
    """Return a quantity of Kubernetes as a number: cores, bytes, pieces.

    Raises:
        ValueError: it is none.
    """
    found = QUANTITY.fullmatch(str(quantity))
    if found is None or found[2] not in FACTORS:
        raise ValueError(f"a quantity must be such as 250m or 64Mi, is {quantity}")
    return float(found[1]) * FACTORS[found[2]]


def _bounds(limits: Object) -> Bounds:
    item = next(each for each in limits["spec"]["limits"] if each["type"] == "Container")
    defaults = {"limits": item.get("default") or {}, "requests": item.get("defaultRequest") or {}}
    return Bounds(item.get("max") or {}, defaults)


def _too_large(objects: Sequence[Object], bounds: Mapping[str, Bounds]) -> Iterator[Finding]:
    for pod in pods(objects):
        if pod.namespace not in bounds:
            continue
        for each in containers(pod):
            for name, most in bounds[pod.namespace].most.items():
                asked = _asked(each, "limits", name, bounds[pod.namespace])
                if asked is None or asked > amount(most) + ROUNDING:
                    shown = "nothing" if asked is None else f"{asked:g}"
                    must = f"must be at most {amount(most):g}, is {shown}"
                    yield each.finding(f"resources.limits.{name}", must)


def _too_small(objects: Sequence[Object], bounds: Mapping[str, Bounds]) -> Iterator[Finding]:
    most = replicas(objects)
    for quota in (each for each in objects if each["kind"] == "ResourceQuota"):
        where = namespace(quota)
        own = [pod for pod in pods(objects) if pod.namespace == where]
        for name, hard in quota["spec"]["hard"].items():
            needed = _needed(name, own, most, bounds.get(where, Bounds({}, {})))
            if needed is not None and needed > amount(hard) + ROUNDING:
                must = f"must be at least {needed:g} for all replicas at once, is {amount(hard):g}"
                yield Finding(title(quota), f"spec.hard.{name}", must)


def _needed(
    name: str, own: Iterable[Pod], most: Mapping[tuple[str, str, str], int], bounds: Bounds
) -> float | None:
    """Return what all pods take of something a quota counts; none where it is not theirs."""
    counted = [(pod, most.get(workload(pod.owner), 1)) for pod in own]
    if name == "pods":
        return float(sum(count for _, count in counted))
    sort, _, resource = name.partition(".")
    if sort not in SORTS or resource not in AMOUNTS:
        return None
    return sum(
        count * (_asked(each, sort, resource, bounds) or 0.0)
        for pod, count in counted
        for each in containers(pod)
    )


def _asked(container: Container, sort: str, name: str, bounds: Bounds) -> float | None:
    stated = (container.values.get("resources") or {}).get(sort) or {}
    found = stated.get(name, (bounds.defaults.get(sort) or {}).get(name))
    return None if found is None else amount(found)


def replicas(objects: Iterable[Object]) -> dict[tuple[str, str, str], int]:
    """Return the most replicas of each workload."""
    found: dict[tuple[str, str, str], int] = {}
    for each in objects:
        if each["kind"] == "HorizontalPodAutoscaler":
            wanted = each["spec"]["scaleTargetRef"]
            key = wanted["kind"], namespace(each), wanted["name"]
            found[key] = each["spec"]["maxReplicas"]
        elif each["kind"] in ("Deployment", "StatefulSet"):
            found.setdefault(workload(each), each["spec"].get("replicas", 1))
    return found


def workload(found: Object) -> tuple[str, str, str]:
    """Return what tells a workload from all others."""
    return found["kind"], namespace(found), found["metadata"]["name"]
