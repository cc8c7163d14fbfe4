"""Health from status."""

from typing import Any

import pytest

from groundplan.cloud.delivery import health

SEEN = {"observedGeneration": 1}
ALL = {**SEEN, "replicas": 2, "updatedReplicas": 2, "availableReplicas": 2, "readyReplicas": 2}
FAILED = {"type": "Failed", "status": "True", "reason": "BackoffLimitExceeded"}


def of(kind: str, status: Any, **spec: Any) -> dict[str, Any]:
    """Return an object of a cluster."""
    return {"kind": kind, "metadata": {"generation": 1}, "spec": spec, "status": status}


@pytest.mark.parametrize(
    "found",
    [
        of("Deployment", ALL, replicas=2),
        of("Deployment", {**SEEN}, replicas=0),
        of("StatefulSet", {**ALL, "currentRevision": "a", "updateRevision": "a"}, replicas=2),
        of("DaemonSet", {**SEEN, "desiredNumberScheduled": 1, "numberReady": 1,
                         "updatedNumberScheduled": 1}),
        of("Job", {"conditions": [{"type": "Complete", "status": "True"}]}),
        of("HorizontalPodAutoscaler", {"conditions": [{"type": "AbleToScale", "status": "True"}]}),
        of("PersistentVolumeClaim", {"phase": "Bound"}),
        of("PersistentVolumeClaim", {"phase": "Pending"}),
        of("Ingress", {"loadBalancer": {"ingress": [{"hostname": "a"}]}}),
        of("Certificate", {"conditions": [{"type": "Ready", "status": "True"}]}),
        of("ConfigMap", None),
    ],
)  # fmt: skip
def test_what_is_well(found: dict[str, Any]) -> None:
    """Every kind in the state in which it should be."""
    assert health.READY == health.of(found)


@pytest.mark.parametrize(
    ("found", "detail"),
    [
        (of("Deployment", {}, replicas=2), "0 of 2 updated, 0 available"),
        (
            of("Deployment", {**ALL, "replicas": 3}, replicas=2),
            "2 of 2 updated, 2 available",
        ),
        (of("Deployment", {"observedGeneration": 0}), "its change was not seen yet"),
        (
            of("StatefulSet", {**ALL, "currentRevision": "a", "updateRevision": "b"}, replicas=2),
            "2 of 2 ready, 2 updated",
        ),
        (of("DaemonSet", {**SEEN, "desiredNumberScheduled": 2}), "0 of 2 ready, 0 updated"),
        (of("Job", {}), "has not ended"),
        (of("HorizontalPodAutoscaler", {}), "has not looked yet"),
        (
            of("HorizontalPodAutoscaler", {"conditions": [
                {"type": "ScalingActive", "status": "False", "message": "no metrics"}]}),
            "no metrics",
        ),
        (of("Ingress", {}), "has no load balancer yet"),
        (
            of("ExternalSecret", {"conditions": [
                {"type": "Ready", "status": "False", "message": "no such secret"}]}),
            "no such secret",
        ),
    ],
)  # fmt: skip
def test_what_is_missing_is_said(found: dict[str, Any], detail: str) -> None:
    """Waiting may still help."""
    assert health.Health(is_ready=False, detail=detail) == health.of(found)


@pytest.mark.parametrize(
    ("found", "detail"),
    [
        (of("Job", {"conditions": [FAILED]}), "failed: BackoffLimitExceeded"),
        (of("PersistentVolumeClaim", {"phase": "Lost"}), "lost its volume"),
        (
            of("Deployment", {**SEEN, "conditions": [
                {"type": "Progressing", "status": "False",
                 "reason": "ProgressDeadlineExceeded"}]}),
            "0 of 1 updated, 0 available",
        ),
    ],
)  # fmt: skip
def test_what_cannot_become_well_is_told_apart(found: dict[str, Any], detail: str) -> None:
    """Waiting longer would be in vain."""
    assert health.Health(is_ready=False, detail=detail, has_failed=True) == health.of(found)


def test_refused_pods_are_part_of_the_detail() -> None:
    """A Deployment says itself when its pods are not let in."""
    refused = {"type": "ReplicaFailure", "status": "True", "message": "exceeded quota"}
    found = health.of(of("Deployment", {**SEEN, "conditions": [refused]}))
    assert found.detail.endswith("pods are refused: exceeded quota")
