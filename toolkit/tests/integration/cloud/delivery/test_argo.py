"""Argo CD's progress."""

from typing import Any

import pytest

from groundplan.cloud.delivery import argo
from groundplan.errors import NotReadyError, ToolError
from groundplan.tools import kubectl

FOLDER = "generated/dev"


def add(fake_cluster: Any, path: str, status: Any) -> None:
    """Add an Application."""
    spec = {"source": {"path": path}}
    name = path.replace("/", "-")
    fake_cluster.add(
        "argoproj.io/v1alpha1", "Application", name, "argocd", spec=spec, status=status
    )


def synced(commit: str) -> dict[str, Any]:
    """Return the status of one that is in step."""
    return {"sync": {"status": "Synced", "revision": commit}}


def test_a_synced_commit_ends_it(fake_cluster: Any) -> None:
    """All Applications of the environment have it; another environment's do not count."""
    add(fake_cluster, f"{FOLDER}/kubernetes", synced("abc"))
    add(fake_cluster, "generated/dev2/kubernetes", synced("old"))
    argo.until_synced(kubectl.current(), FOLDER, "abc", 1, str)


def test_a_commit_that_does_not_come_is_told(
    fake_cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When time is up it says which revision is there."""
    monkeypatch.setattr(argo, "POLL", 0.05)
    add(fake_cluster, f"{FOLDER}/kubernetes", synced("old"))
    said: list[str] = []
    with pytest.raises(NotReadyError, match="Synced at old"):
        argo.until_synced(kubectl.current(), FOLDER, "abc", 0.2, said.append)
    assert 1 == len(said)


def test_a_failed_sync_ends_it_at_once(fake_cluster: Any) -> None:
    """Argo CD's own words are kept."""
    status = {
        **synced("old"),
        "operationState": {
            "phase": "Failed",
            "message": "one or more objects failed to apply",
            "syncResult": {"revision": "abc"},
        },
    }
    add(fake_cluster, f"{FOLDER}/kubernetes", status)
    with pytest.raises(NotReadyError, match="objects failed to apply"):
        argo.until_synced(kubectl.current(), FOLDER, "abc", 60, str)


def test_without_an_application_it_says_so(fake_cluster: Any) -> None:
    """A cluster that Argo CD does not deliver to is the wrong one."""
    with pytest.raises(ToolError, match="no Application of Argo CD"):
        argo.until_synced(kubectl.current(), FOLDER, "abc", 1, str)
