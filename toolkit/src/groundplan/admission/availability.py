"""Whether scaling, evictions and endings can do what they are there for.

An autoscaler needs a target whose containers ask for what it measures, and a target whose number
nobody else sets. A disruption budget must leave room for one eviction, or no node can ever be
emptied. A pod must be given more time to end than its hook takes.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from groundplan.admission.finding import Finding, Object, namespace, title
from groundplan.admission.pod import Container, Pod, containers, pods
from groundplan.admission.selector import matches

DEFAULT_GRACE: Final = 30
"""Seconds that a pod has to end where it says nothing."""
SLEEP: Final = re.compile(r"\bsleep[ (]+(\d+(?:\.\d+)?)")
Key = tuple[str, str, str]
"""Kind, namespace and name."""


def findings(objects: Sequence[Object]) -> list[Finding]:
    """Return what can never scale, be evicted or end in peace."""
    return [*_targets(objects), *_budgets(objects), *_shared_budgets(objects), *_endings(objects)]


def _targets(objects: Sequence[Object]) -> Iterator[Finding]:
    known = {_key(pod.owner): pod for pod in pods(objects)}
    for scaler in _of_kind(objects, "HorizontalPodAutoscaler"):
        spec = scaler["spec"]
        wanted = spec["scaleTargetRef"]
        pod = known.get((wanted["kind"], namespace(scaler), wanted["name"]))
        if pod is None:
            must = f"must be a workload of this render, is {wanted['kind']} {wanted['name']}"
            yield Finding(title(scaler), "spec.scaleTargetRef", must)
            continue
        yield from _scalable(scaler, pod)


def _scalable(scaler: Object, pod: Pod) -> Iterator[Finding]:
    spec = scaler["spec"]
    if "replicas" in pod.owner["spec"]:
        must = f"must be left to {title(scaler)}, is {pod.owner['spec']['replicas']}"
        yield Finding(title(pod.owner), "spec.replicas", must)
    if spec.get("minReplicas", 1) > spec["maxReplicas"]:
        must = f"must be at most {spec['maxReplicas']}, is {spec['minReplicas']}"
        yield Finding(title(scaler), "spec.minReplicas", must)
    for metric in spec.get("metrics") or ():
        resource = (metric.get("resource") or {}).get("name")
        for each in containers(pod):
            if resource and resource not in _requests(each):
                yield each.finding(
                    "resources.requests", f"must have {resource}: it is scaled by it"
                )


def _requests(container: Container) -> Mapping[str, Any]:
    resources = container.values.get("resources") or {}
    return {**(resources.get("limits") or {}), **(resources.get("requests") or {})}


def _budgets(objects: Sequence[Object]) -> Iterator[Finding]:
    """Find budgets that allow no eviction when the fewest replicas are there, all ready."""
    least = fewest(objects)
    for budget in _of_kind(objects, "PodDisruptionBudget"):
        replicas = sum(least.get(_key(pod.owner), 1) for pod in budgeted(budget, objects))
        if replicas and allowed(budget, replicas) < 1:
            must = f"must leave room to evict one of {replicas}, leaves none"
            yield Finding(title(budget), "spec", must)


def allowed(budget: Object, replicas: int) -> int:
    """Return how many of so many ready replicas a budget lets go at a time."""
    spec = budget["spec"]
    if "maxUnavailable" in spec:
        return _share(spec["maxUnavailable"], replicas)
    return replicas - _share(spec.get("minAvailable", 1), replicas)


def _share(value: int | str, whole: int) -> int:
    """Return a number, or a percentage of the whole, rounded up as Kubernetes does."""
    if isinstance(value, str) and value.endswith("%"):
        return math.ceil(int(value.removesuffix("%")) * whole / 100)
    return int(value)


def fewest(objects: Sequence[Object]) -> dict[Key, int]:
    """Return the fewest replicas that each workload has when all is well."""
    found = {
        _key(each): each["spec"].get("replicas", 1)
        for each in objects
        if each["kind"] in ("Deployment", "StatefulSet", "ReplicaSet")
    }
    for scaler in _of_kind(objects, "HorizontalPodAutoscaler"):
        wanted = scaler["spec"]["scaleTargetRef"]
        key = wanted["kind"], namespace(scaler), wanted["name"]
        found[key] = scaler["spec"].get("minReplicas", 1)
    return found


def _shared_budgets(objects: Sequence[Object]) -> Iterator[Finding]:
    """Find pods with two budgets: Kubernetes evicts none that has more than one."""
    owners: dict[Key, list[str]] = {}
    for budget in _of_kind(objects, "PodDisruptionBudget"):
        for pod in budgeted(budget, objects):
            owners.setdefault(_key(pod.owner), []).append(title(budget))
    for (kind, where, name), budgets in owners.items():
        if len(budgets) > 1:
            yield Finding(f"{kind} {where}/{name}", "", f"must have one budget, has {budgets}")


def budgeted(budget: Object, objects: Sequence[Object]) -> list[Pod]:
    """Return the pods that a budget speaks of."""
    where, selector = namespace(budget), budget["spec"].get("selector")
    return [
        pod for pod in pods(objects) if pod.namespace == where and matches(selector, pod.labels)
    ]


def _endings(objects: Sequence[Object]) -> Iterator[Finding]:
    for pod in pods(objects):
        grace = pod.spec.get("terminationGracePeriodSeconds", DEFAULT_GRACE)
        for each in containers(pod):
            waits = _hook_seconds(each)
            if waits >= grace:
                must = f"must end before the {grace} s of the pod's grace, takes {waits:g} s"
                yield each.finding("lifecycle.preStop", must)


def _hook_seconds(container: Container) -> float:
    """Return how long a hook sleeps before the container is told to end."""
    hook = (container.values.get("lifecycle") or {}).get("preStop") or {}
    if "sleep" in hook:
        return float(hook["sleep"]["seconds"])
    words = " ".join((hook.get("exec") or {}).get("command") or ())
    return sum(float(found) for found in SLEEP.findall(words))


def _of_kind(objects: Iterable[Object], kind: str) -> Iterator[Object]:
    return (each for each in objects if each["kind"] == kind)


def _key(found: Object) -> Key:
    return found["kind"], namespace(found), found["metadata"]["name"]
