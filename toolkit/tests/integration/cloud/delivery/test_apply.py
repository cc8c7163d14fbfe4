"""kubectl applies objects to a server of our own."""

from typing import Any

import pytest

from groundplan.cloud.delivery import apply
from groundplan.cloud.delivery.manifest import Object
from groundplan.errors import NotReadyError, ToolError
from groundplan.tools import kubectl


def made(kind: str, name: str, version: str = "v1", **rest: Any) -> Object:
    """Return an object."""
    where = {} if kind == "Namespace" else {"namespace": "shop"}
    annotations = rest.pop("annotations", {})
    meta = {"name": name, **where, "annotations": annotations}
    return Object({"apiVersion": version, "kind": kind, "metadata": meta, **rest})


OBJECTS = (
    made("ConfigMap", "a", data={"k": "v"}),
    made("Namespace", "shop"),
    made("ConfigMap", "b", data={"k": "v"}),
)
HOOK = {"argocd.argoproj.io/hook": "PreSync"}


def test_objects_are_there_afterwards_and_again(fake_cluster: Any) -> None:
    """The namespace comes first whatever the order; twice is as once."""
    said: list[str] = []
    for _ in range(2):
        apply.apply(kubectl.current(), OBJECTS, said.append, 5)
    assert {"a", "b"} == fake_cluster.names("ConfigMap")
    assert "applying namespace: 1 objects" == said[0]


def test_every_refused_object_is_named_and_the_rest_applied(fake_cluster: Any) -> None:
    """One message for all, each with the cluster's words and each hint once."""
    words = 'configmaps "a" is forbidden: exceeded quota: objects'
    fake_cluster.refused["ConfigMap", "a"] = (403, words)
    with pytest.raises(ToolError) as caught:
        apply.apply(kubectl.current(), OBJECTS, str, 5)
    assert "refused 1 of 2 objects; the others are applied" in caught.value.message
    assert "ConfigMap a" in caught.value.message
    assert "quota is used up" in caught.value.hint
    assert {"b"} == fake_cluster.names("ConfigMap")


def test_a_hook_that_fails_stops_what_comes_after(fake_cluster: Any) -> None:
    """A migration that fails is named, and no workload follows."""
    failed = [{"type": "Failed", "status": "True", "message": "backoff limit"}]
    fake_cluster.fare = lambda found: {"conditions": failed} if found["kind"] == "Job" else None
    objects = (
        *OBJECTS,
        made("Job", "migrate", "batch/v1", annotations=HOOK, spec={}),
        made("Deployment", "api", "apps/v1", spec={}),
    )
    with pytest.raises(NotReadyError, match="Job migrate failed: backoff limit"):
        apply.apply(kubectl.current(), objects, str, 5)
    assert set() == fake_cluster.names("Deployment")


def test_a_hook_is_made_anew_each_time(fake_cluster: Any) -> None:
    """The job of the last delivery goes, for Kubernetes would not change it."""
    done = [{"type": "Complete", "status": "True"}]
    fake_cluster.fare = lambda found: {"conditions": done} if found["kind"] == "Job" else None
    objects = (*OBJECTS, made("Job", "migrate", "batch/v1", annotations=HOOK, spec={}))
    numbers = []
    for _ in range(2):
        apply.apply(kubectl.current(), objects, str, 5)
        numbers.append(fake_cluster.find("Job", "migrate")["metadata"]["uid"])
    assert numbers[0] != numbers[1]


def test_a_cluster_that_hangs_is_given_up(
    fake_cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No answer within the limit is one message, not a wait without end."""
    monkeypatch.setattr(kubectl, "REQUEST", 1)
    fake_cluster.hangs = True
    with pytest.raises(ToolError, match=r"cannot be reached|did not answer"):
        apply.apply(kubectl.current(), OBJECTS, str, 5)
