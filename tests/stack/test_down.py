"""`down` leaves no process, and data is there when the platform comes back."""

import time
from pathlib import Path

import httpx
import psutil
import pytest
from stack import REPOSITORY, Stack, lives, sign_in


@pytest.fixture
def second(tmp_path: Path) -> Stack:
    """A second copy of the reference beside the one that the other tests use."""
    return Stack(tmp_path / "data", REPOSITORY / "platform.yaml")


def test_a_second_copy_runs_beside_and_leaves_nothing(ready: Stack, second: Stack) -> None:
    """Two copies do not clash; `down` ends every process, and `up` finds the data again."""
    try:
        started = second.up()
        assert started.returncode == 0, started.stderr
        assert second.url != ready.url
        first = second.credentials()
        assert sign_in(second.url, first["email"], first["password"])
        pids = second.pids()
        assert second.run("down").returncode == 0
        assert [] == _left(pids)
        assert [] == _processes_naming(second.data)
        again = second.up()
        assert again.returncode == 0, again.stderr
        assert first == second.credentials()
        assert sign_in(second.url, first["email"], first["password"])
    finally:
        second.run("down")
    assert httpx.get(f"{ready.url}/healthz/live").status_code == 200


def _left(pids: list[int]) -> list[int]:
    """Return which still live when those that are at their end have had time for it."""
    deadline = time.monotonic() + 10
    while (left := [*filter(lives, pids)]) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


def _processes_naming(folder: Path) -> list[str]:
    lines = (
        " ".join(process.info["cmdline"] or []) for process in psutil.process_iter(["cmdline"])
    )
    return [line for line in lines if str(folder) in line and "pytest" not in line]
