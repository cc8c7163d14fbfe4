"""Parts go in two ways and come back."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from bench.outage import part
from bench.outage.part import Standin, Store, standins
from bench.stack import BenchError

RUNNER = """
import subprocess, sys, time
argv = [sys.executable, "-c", "import time; time.sleep(60)", "groundplan_telemetry"]
while True:
    made = subprocess.Popen(argv)
    print(made.pid, flush=True)
    made.wait()
"""


@pytest.fixture
def standin(tmp_path: Path) -> Iterator[Standin]:
    """One stand-in, until the test has ended."""
    with standins(tmp_path / "parts", ["jaeger"]) as parts:
        yield parts["jaeger"]


def answers(made: Standin) -> bool:
    """Say whether it answers; one that has just gone on may take a while."""
    try:
        return httpx.get(f"http://127.0.0.1:{made.port}/", timeout=5).is_success
    except httpx.TransportError:
        return False


def test_who_is_killed_comes_back_on_the_same_port(standin: Standin) -> None:
    """Whoever calls him need not be told anew."""
    standin.kill()
    assert not answers(standin)
    standin.mend()
    assert answers(standin)


def test_who_is_frozen_takes_connections_and_answers_nothing(standin: Standin) -> None:
    """And goes on where he was."""
    standin.freeze()
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"http://127.0.0.1:{standin.port}/", timeout=0.3)
    standin.mend()
    assert answers(standin)


@pytest.fixture
def runner() -> Iterator[tuple[psutil.Process, psutil.Process]]:
    """Somebody who starts a store again whenever it ends, and that store."""
    with subprocess.Popen([sys.executable, "-c", RUNNER], stdout=subprocess.PIPE) as made:
        assert made.stdout is not None
        store = int(made.stdout.readline())
        yield psutil.Process(made.pid), psutil.Process(store)
        psutil.Process(made.pid).resume()
        for child in psutil.Process(made.pid).children():
            child.kill()
        made.kill()


def test_nobody_repairs_a_store_that_is_killed(
    runner: tuple[psutil.Process, psutil.Process],
) -> None:
    """The runner is held until it is mended."""
    first, store = runner
    taken = Store({"components": [{"name": "telemetry", "port": 1, "pid": store.pid}]})
    taken.kill()
    part.wait(lambda: store.status() == psutil.STATUS_ZOMBIE, "it is dead")
    assert psutil.STATUS_STOPPED == first.status()


def test_a_store_that_does_not_come_back_is_an_error(
    runner: tuple[psutil.Process, psutil.Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: the runner goes on, but nothing answers."""
    first, store = runner
    monkeypatch.setattr(part, "_PATIENCE", 0.2)
    taken = Store({"components": [{"name": "telemetry", "port": 1, "pid": store.pid}]})
    taken.freeze()
    with pytest.raises(BenchError, match="did not answer"):
        taken.mend()
    assert psutil.STATUS_STOPPED not in (first.status(), store.status())


def test_waiting_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not come is said by name."""
    monkeypatch.setattr(part, "_PATIENCE", 0.1)
    with pytest.raises(BenchError, match="spans arrive"):
        part.wait(lambda: False, "spans arrive")
