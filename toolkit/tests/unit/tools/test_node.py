"""Node.js comes from PATH where new enough."""

import pytest

from groundplan.tools import node


@pytest.mark.parametrize(("version", "is_found"), [("v20.20.2", True), ("v18.1.0", False)])
def test_only_a_new_enough_one_counts(tmp_path, monkeypatch, version, is_found):
    """An old one is as good as none; then the wheel is installed."""
    path = tmp_path / "node"
    path.write_text(f"#!/bin/sh\necho {version}\n")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    monkeypatch.setattr(node, "in_wheel", lambda *_: None)
    assert is_found == (node.find() is not None)
