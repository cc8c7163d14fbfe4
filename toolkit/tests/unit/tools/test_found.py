"""Programs are looked for on PATH and in wheels."""

import sys
from pathlib import Path

from groundplan.tools import found


def _program(folder: Path, name: str, said: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{said}'\n")
    path.chmod(0o755)
    return path


def test_a_version_is_read_from_what_a_program_says(tmp_path):
    """Words around the number do not matter, nor numbers in the program's own path."""
    path = _program(tmp_path, "server1.2", f"{tmp_path}/server1.2 (Debian) 15.18-0")
    assert (15, 18) == found.version_of(path, "--version")


def test_what_cannot_run_has_no_version(tmp_path):
    """A file that is no program counts as not there."""
    (tmp_path / "server").write_text("text")
    assert found.version_of(tmp_path / "server", "--version") is None


def test_our_own_environment_is_not_path(tmp_path, monkeypatch):
    """What a wheel put beside our Python is found as a wheel, not as the machine's program."""
    own = Path(sys.prefix) / "bin"
    monkeypatch.setenv("PATH", f"{own}:{tmp_path}")
    assert found.on_path("python") is None
    _program(tmp_path, "redis-server", "v=7.0.0")
    assert tmp_path / "redis-server" == found.on_path("redis-server")


def test_a_wheel_is_searched_without_importing_it():
    """A file of an installed package is found; packages and files that are not there are not."""
    assert found.in_wheel("rich", "console.py") is not None
    assert found.in_wheel("rich", "nothing.here") is None
    assert found.in_wheel("no_such_package", "file") is None
