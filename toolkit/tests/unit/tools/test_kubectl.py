"""kubectl."""

from pathlib import Path

import pytest

from groundplan.errors import ToolError
from groundplan.tools import kubectl
from groundplan.tools.found import Found

CONFIG = """
apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: "https://cluster.example"}}]
users: [{name: u, user: {}}]
contexts: [{name: dev, context: {cluster: c, user: u}}]
"""


def write(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Point KUBECONFIG at a file."""
    path = folder / "config"
    path.write_text(text)
    monkeypatch.setenv("KUBECONFIG", str(path))


def test_the_wheel_is_taken_where_path_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one of our own environment works."""
    monkeypatch.setattr(kubectl, "on_path", lambda _: None)
    assert "wheel" == kubectl.find().origin


def test_none_is_told_with_the_way_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the oldest version, the hint where it is."""
    monkeypatch.setattr(kubectl, "on_path", lambda _: None)
    monkeypatch.setattr(kubectl, "version_of", lambda *_: None)
    with pytest.raises(ToolError, match=r"kubectl 1\.28 or newer is not on this machine"):
        kubectl.find()


def test_the_current_context_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """KUBECONFIG is respected, and the cluster's address is known before it is asked."""
    write(tmp_path, monkeypatch, f"{CONFIG}current-context: dev\n")
    assert "dev (https://cluster.example)" == str(kubectl.current())


def test_without_a_context_no_cluster_is_guessed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hint says how to get one."""
    write(tmp_path, monkeypatch, CONFIG)
    with pytest.raises(ToolError, match="no current context") as caught:
        kubectl.current()
    assert "aws eks update-kubeconfig" in caught.value.hint


def test_a_command_is_given_up_after_its_limit(tmp_path: Path) -> None:
    """A kubectl that does not end is one message."""
    program = tmp_path / "kubectl"
    program.write_text("#!/bin/sh\nexec sleep 5\n")
    program.chmod(0o755)
    cluster = kubectl.Cluster(Found("kubectl", program, (1, 36), "PATH"), "dev", "https://x")
    with pytest.raises(ToolError, match="did not answer `kubectl get` within 0 s"):
        cluster.ask(["get", "pods"], limit=0.2)
