"""Packages are installed by what is there."""

import sys

import pytest

from groundplan.tools import packages


@pytest.fixture
def uv(tmp_path, monkeypatch) -> str:
    """Put a uv on PATH and return its path."""
    path = tmp_path / "uv"
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return str(path)


def test_uv_is_used_where_it_is(uv):
    """uv makes environments and fills them, for the interpreter that is named."""
    assert [uv, "venv", "--quiet", "--python", sys.executable, "/e"] == (
        packages.make_environment("/e")
    )
    assert [uv, "pip", "install", "--python", "/p", "flask"] == packages.install("/p", ["flask"])


def test_without_uv_python_does_it_itself(tmp_path, monkeypatch):
    """venv and pip come with Python."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert [sys.executable, "-m", "venv", "/e"] == packages.make_environment("/e")
    assert ["/p", "-m", "pip"] == packages.install("/p", ["flask"])[:3]
