"""Node.js comes from PATH where new enough."""

import pytest

from groundplan.tools import node
from groundplan.tools.found import Found


@pytest.mark.parametrize(("version", "is_found"), [("v20.20.2", True), ("v18.1.0", False)])
def test_only_a_new_enough_one_counts(tmp_path, monkeypatch, version, is_found):
    """An old one is as good as none; then the wheel is installed."""
    path = tmp_path / "node"
    path.write_text(f"#!/bin/sh\necho {version}\n")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    monkeypatch.setattr(node, "in_wheel", lambda *_: None)
    assert is_found == (node.find() is not None)


def test_the_wheels_npm_is_run_by_its_node(tmp_path):
    """A wheel holds npm's script where its own starter does not look."""
    script = tmp_path / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    script.parent.mkdir(parents=True)
    script.touch()
    wheel = Found("Node.js", tmp_path / "bin" / "node", (24, 0), "wheel")
    assert [str(wheel.path), str(script)] == node.npm(wheel)
    assert ["npm"] == node.npm(Found("Node.js", tmp_path / "bin" / "node", (24, 0), "PATH"))
