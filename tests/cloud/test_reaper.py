"""What a simulated apply began ends with the tests, also when they are killed."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.cloud import apply

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
PARENT = "import subprocess, sys; subprocess.Popen(sys.argv[1:]).wait()"
TESTS = """
import sys, time
from pathlib import Path
from tests.cloud import apply
apply.reaper(Path(sys.argv[1]), int(sys.argv[2]))
print("begun", flush=True)
time.sleep(600)
"""
Process = subprocess.Popen[bytes]


@pytest.fixture
def begun(tmp_path: Path) -> Iterator[list[psutil.Process]]:
    """Return an apply, what runs below it, and a simulator that it has left behind."""
    parent = subprocess.Popen([sys.executable, "-c", PARENT, *SLEEPER])
    kept = subprocess.Popen(SLEEPER)
    found = [psutil.Process(parent.pid), psutil.Process(kept.pid)]
    record = {"url": "", "pid": kept.pid, "started": found[1].create_time()}
    (tmp_path / "data/dev").mkdir(parents=True)
    (tmp_path / "data/dev/simulator.json").write_text(json.dumps(record))
    until = time.monotonic() + 30
    while not (below := found[0].children()):
        assert time.monotonic() < until
        time.sleep(0.02)
    yield [*found, *below]
    for process in (*below, *found):
        if process.is_running():
            process.kill()
    parent.wait()
    kept.wait()


def ended(begun: list[psutil.Process]) -> bool:
    """Wait until all are gone."""
    _, alive = psutil.wait_procs(begun, timeout=30)
    return not alive


def test_all_ends_when_the_tests_end(begun: list[psutil.Process], tmp_path: Path) -> None:
    """The apply, what is below it, the kept simulator and the folder; not before."""
    reaper = apply.reaper(tmp_path / "data", begun[0].pid)
    assert all(each.is_running() for each in begun)
    reaper.communicate()
    assert ended(begun)
    assert not (tmp_path / "data").exists()


def test_all_ends_when_the_tests_are_killed(begun: list[psutil.Process], tmp_path: Path) -> None:
    """SIGKILL leaves nobody to clean up, and yet nothing stays."""
    words = [sys.executable, "-c", TESTS, str(tmp_path / "data"), str(begun[0].pid)]
    with subprocess.Popen(words, cwd=apply.ROOT, stdout=subprocess.PIPE) as tests:
        assert tests.stdout is not None
        assert b"begun\n" == tests.stdout.readline()
        tests.kill()
    assert ended(begun)


def test_another_process_of_that_number_stays(begun: list[psutil.Process], tmp_path: Path) -> None:
    """A record whose process began at another time names a stranger."""
    stranger = begun[1]
    record = {"url": "", "pid": stranger.pid, "started": 1.0}
    (tmp_path / "data/dev/simulator.json").write_text(json.dumps(record))
    apply.reaper(tmp_path / "data", begun[0].pid).communicate()
    assert stranger.is_running()
