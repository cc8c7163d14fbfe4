"""Where pods hang."""

from typing import Any

import pytest

from groundplan.cloud.delivery import trouble


def pod(name: str = "api-1", state: Any = None, last: Any = None, **status: Any) -> dict[str, Any]:
    """Return a pod with one container."""
    container = {"name": "api", "state": state or {}, "lastState": last or {}}
    labels = {"app.kubernetes.io/name": "api"}
    return {
        "metadata": {"name": name, "labels": labels},
        "status": {"containerStatuses": [container], **status},
    }


def event(reason: str, message: str, kind: str = "Pod", name: str = "api-1") -> dict[str, Any]:
    """Return an event."""
    about = {"kind": kind, "name": name}
    return {"reason": reason, "message": message, "involvedObject": about, "lastTimestamp": "1"}


def logs(name: str, container: str) -> str:
    """Return a log."""
    return f"{name} {container} ended\n"


UNSCHEDULED = {"type": "PodScheduled", "status": "False", "message": "0/3 nodes: cpu"}
OUT_OF_MEMORY = {"terminated": {"reason": "OOMKilled", "exitCode": 137}}
READY = {"conditions": [{"type": "Ready", "status": "True"}]}


@pytest.mark.parametrize(
    ("found", "events", "what", "hint"),
    [
        (
            pod(state={"waiting": {"reason": "ImagePullBackOff", "message": "not found"}}),
            [],
            "ImagePullBackOff: not found",
            "pull",
        ),
        (pod(conditions=[UNSCHEDULED]), [], "no node takes it: 0/3 nodes: cpu", "schedule"),
        (
            pod(state={"waiting": {"reason": "CreateContainerConfigError", "message": "secret"}}),
            [],
            "CreateContainerConfigError: secret",
            "setup",
        ),
        (pod(last=OUT_OF_MEMORY), [], "was killed: out of memory", "memory"),
        (pod(), [event("Unhealthy", "Readiness probe failed: 503")],
         "Readiness probe failed: 503", "probe"),
        (pod(), [event("FailedMount", "no such claim")], "no such claim", "mount"),
    ],
)  # fmt: skip
def test_each_kind_of_trouble(found: Any, events: Any, what: str, hint: str) -> None:
    """It is named in the cluster's words, with its own way out."""
    (each,) = trouble.find([found], events, logs)
    assert (what, trouble.HINTS[hint]) == (each.what, each.hint)


def test_a_crash_comes_with_its_last_words() -> None:
    """The log of the container that ended is shown."""
    waiting = {"waiting": {"reason": "CrashLoopBackOff"}}
    ended = {"terminated": {"exitCode": 3}}
    (found,) = trouble.find([pod(state=waiting, last=ended)], [], logs)
    assert [
        "pod api-1, api: ends again and again, last with exit code 3",
        "    | api-1 api ended",
        f"    hint: {trouble.HINTS['crash']}",
    ] == str(found).splitlines()


@pytest.mark.parametrize(
    ("message", "hint"),
    [
        ("pods is forbidden: exceeded quota: x", "quota"),
        ('pods is forbidden: violates PodSecurity "restricted"', "admission"),
        ("cannot", "refused"),
    ],
)
def test_pods_that_were_never_made(message: str, hint: str) -> None:
    """Their owner's events say why."""
    (found,) = trouble.find([], [event("FailedCreate", message, "ReplicaSet", "api-7")], logs)
    assert ("ReplicaSet api-7", trouble.HINTS[hint]) == (found.where, found.hint)


def test_the_same_trouble_is_told_once() -> None:
    """Three replicas without an image are one line."""
    state = {"waiting": {"reason": "ErrImagePull", "message": "no"}}
    assert 1 == len(trouble.find([pod(f"api-{n}", state) for n in range(3)], [], logs))


def test_what_is_well_is_not_told() -> None:
    """Old events of a pod that is ready, and pods that end, are no trouble."""
    leaving = pod("api-2", {"waiting": {"reason": "ErrImagePull"}})
    leaving["metadata"]["deletionTimestamp"] = "now"
    ended = pod("job-1", phase="Succeeded")
    events = [event("Unhealthy", "long ago")]
    assert [] == trouble.find([pod(**READY), leaving, ended], events, logs)
