"""How healthy an object of a cluster is, read from its status as Kubernetes writes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Health:
    """Whether an object is as it should be."""

    is_ready: bool
    detail: str = ""
    """What is still missing."""
    has_failed: bool = False
    """Whether waiting longer cannot help."""


READY: Final = Health(is_ready=True)
ABSENT: Final = Health(is_ready=False, detail="not there yet")


def of(found: Values) -> Health:
    """Return the health of an object."""
    if not _is_observed(found):
        return Health(is_ready=False, detail="its change was not seen yet")
    return KINDS.get(found["kind"], _by_condition)(found)


def condition(found: Values, name: str) -> Values:
    """Return a condition of an object's status; an empty one where it has none."""
    for each in _status(found).get("conditions") or ():
        if each.get("type") == name:
            return dict(each)
    return {}


def _is_observed(found: Values) -> bool:
    seen = _status(found).get("observedGeneration")
    return seen is None or int(seen) >= int(found["metadata"].get("generation", 0))


def _deployment(found: Values) -> Health:
    progress = condition(found, "Progressing")
    refused = condition(found, "ReplicaFailure")
    wanted = int(found["spec"].get("replicas", 1))
    status = _status(found)
    counts = [int(status.get(f"{word}Replicas") or 0) for word in ("updated", "available")]
    total = int(status.get("replicas") or 0)
    if min(counts) >= wanted and total == counts[0] and "observedGeneration" in status:
        return READY
    detail = f"{counts[0]} of {wanted} updated, {counts[1]} available"
    if refused.get("status") == "True":
        detail = f"{detail}; pods are refused: {refused.get('message', '')}"
    is_over = progress.get("reason") == "ProgressDeadlineExceeded"
    return Health(is_ready=False, detail=detail, has_failed=is_over)


def _stateful_set(found: Values) -> Health:
    wanted = int(found["spec"].get("replicas", 1))
    status = _status(found)
    ready = int(status.get("readyReplicas") or 0)
    is_updated = status.get("currentRevision") == status.get("updateRevision")
    if ready >= wanted and is_updated and "observedGeneration" in status:
        return READY
    updated = int(status.get("updatedReplicas") or 0)
    return Health(is_ready=False, detail=f"{ready} of {wanted} ready, {updated} updated")


def _daemon_set(found: Values) -> Health:
    status = _status(found)
    wanted = int(status.get("desiredNumberScheduled") or 0)
    ready = int(status.get("numberReady") or 0)
    updated = int(status.get("updatedNumberScheduled") or 0)
    if min(ready, updated) >= wanted and "observedGeneration" in status:
        return READY
    return Health(is_ready=False, detail=f"{ready} of {wanted} ready, {updated} updated")


def _job(found: Values) -> Health:
    if condition(found, "Complete").get("status") == "True":
        return READY
    failed = condition(found, "Failed")
    if failed.get("status") == "True":
        why = failed.get("message") or failed.get("reason") or "no reason is given"
        return Health(is_ready=False, detail=f"failed: {why}", has_failed=True)
    return Health(is_ready=False, detail="has not ended")


def _autoscaler(found: Values) -> Health:
    for name in ("AbleToScale", "ScalingActive"):
        seen = condition(found, name)
        if seen.get("status") == "False" and seen.get("reason") != "ScalingDisabled":
            return Health(is_ready=False, detail=str(seen.get("message", seen.get("reason"))))
    has_looked = bool(_status(found).get("conditions"))
    return READY if has_looked else Health(is_ready=False, detail="has not looked yet")


def _claim(found: Values) -> Health:
    """Let a claim wait for its first pod; a pod that waits for a claim is not ready itself."""
    if _status(found).get("phase") == "Lost":
        return Health(is_ready=False, detail="lost its volume", has_failed=True)
    return READY


def _ingress(found: Values) -> Health:
    if _status(found).get("loadBalancer", {}).get("ingress"):
        return READY
    return Health(is_ready=False, detail="has no load balancer yet")


def _by_condition(found: Values) -> Health:
    """Ask an operator's object for its condition Ready; one without it is as it should be."""
    ready = condition(found, "Ready")
    if not ready or ready.get("status") == "True":
        return READY
    return Health(is_ready=False, detail=str(ready.get("message") or ready.get("reason")))


def _status(found: Values) -> Values:
    status: Values = found.get("status") or {}
    return status


KINDS: Final[Mapping[str, Callable[[Values], Health]]] = {
    "Deployment": _deployment,
    "StatefulSet": _stateful_set,
    "DaemonSet": _daemon_set,
    "Job": _job,
    "HorizontalPodAutoscaler": _autoscaler,
    "PersistentVolumeClaim": _claim,
    "Ingress": _ingress,
}
OPERATORS: Final = frozenset({"Certificate", "ClusterIssuer", "ExternalSecret", "Issuer"})
WAITED: Final = frozenset(KINDS) | OPERATORS
"""Kinds that become ready some time after they are applied."""
