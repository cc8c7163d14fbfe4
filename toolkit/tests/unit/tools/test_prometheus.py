"""Prometheus comes from PATH alone."""

import pytest

from groundplan.errors import ToolError
from groundplan.tools import prometheus


@pytest.fixture
def on_path(tmp_path, monkeypatch):
    """Return what puts a prometheus of a version on PATH, which holds nothing else."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")

    def put(version: str) -> None:
        path = tmp_path / "prometheus"
        path.write_text(f"#!/bin/sh\necho 'prometheus, version {version} (branch: x)'\n")
        path.chmod(0o755)

    return put


def test_a_new_enough_one_is_taken(on_path):
    """The machine's own server is found with its version."""
    on_path("2.42.0+ds")
    found = prometheus.find()
    assert ("Prometheus 2.42.0 from PATH", "prometheus") == (str(found), found.path.name)


def test_an_old_one_or_none_is_said(on_path):
    """A machine without gets a way out."""
    on_path("2.20.1")
    with pytest.raises(ToolError, match=r"Prometheus 2\.40 or newer") as missing:
        prometheus.find()
    assert "leave --prometheus away" in str(missing.value.hint)
