"""Waiting for health."""

from typing import Any

import pytest

from groundplan.cloud.delivery import wait
from groundplan.cloud.delivery.manifest import Object
from groundplan.errors import NotReadyError
from groundplan.tools import kubectl

API = Object(
    {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "api", "namespace": "shop"},
        "spec": {"replicas": 1},
    }
)
READY = {"observedGeneration": 0, "replicas": 1, "updatedReplicas": 1, "availableReplicas": 1}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wait, "POLL", 0.05)


def test_it_ends_when_all_is_well(fake_cluster: Any) -> None:
    """What does not become ready, such as a ConfigMap, is not waited for."""
    fake_cluster.add("apps/v1", "Deployment", "api", "shop", spec={"replicas": 1}, status=READY)
    said: list[str] = []
    wait.until_healthy(kubectl.current(), [API], "shop", 5, said.append)
    assert ["1 of 1 healthy"] == said


def test_what_is_not_there_is_told(fake_cluster: Any) -> None:
    """An object that nobody made yet is named when time is up."""
    with pytest.raises(NotReadyError, match="Deployment api: not there yet"):
        wait.until_healthy(kubectl.current(), [API], "shop", 0.1, str)


def test_last_words_of_a_crash_are_shown(fake_cluster: Any) -> None:
    """A pod that ends again and again is shown with its log, and the way back is named."""
    fake_cluster.add("apps/v1", "Deployment", "api", "shop", spec={"replicas": 1}, status={})
    ended = {"terminated": {"exitCode": 1, "reason": "Error"}}
    state = {"waiting": {"reason": "CrashLoopBackOff"}}
    container = {"name": "api", "state": state, "lastState": ended}
    fake_cluster.add(
        "v1",
        "Pod",
        "api-1",
        "shop",
        spec={"containers": [{"name": "api"}]},
        status={"containerStatuses": [container]},
    )
    fake_cluster.logs["api-1"] = "starting\nno such setting\n"
    with pytest.raises(NotReadyError) as caught:
        wait.until_healthy(kubectl.current(), [API], "shop", 0.1, str)
    assert "last with exit code 1" in caught.value.message
    assert "| no such setting" in caught.value.message
    assert "./run rollback" in caught.value.hint
