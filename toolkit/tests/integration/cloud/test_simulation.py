"""The simulator is started, found again and ended; it outlives nobody who did not keep it."""

import json
import os
import signal
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from groundplan.cloud import simulation
from groundplan.cloud.simulated import Place
from groundplan.errors import NotReadyError
from groundplan.tools import environment

STAND_IN = """
#!{python}
import json, os, sys, time
print(json.dumps({{"url": "http://127.0.0.1:1", "pid": os.getpid()}}), flush=True)
open({words!r}, "w").write(" ".join(sys.argv[1:]))
time.sleep(60)
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Return the folders of an environment whose simulator is a stand-in."""
    program = tmp_path / "python"
    code = STAND_IN.format(python=sys.executable, words=str(tmp_path / "words"))
    program.write_text(textwrap.dedent(code).lstrip())
    program.chmod(0o755)
    monkeypatch.setattr(environment, "python", lambda _: program)
    made = Place(tmp_path / "simulated/dev", "dev")
    yield made
    if found := simulation.find(made):
        os.kill(found.pid, signal.SIGKILL)


def words(place: Place) -> str:
    """Return what the stand-in was started with, once it has said so."""
    file = place.folder.parent.parent / "words"
    deadline = time.monotonic() + 10
    while not file.exists() or not file.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return file.read_text()


def test_it_ends_with_the_block(place: Place) -> None:
    """And with us, should we be killed before."""
    with simulation.running(place, keep=False) as found:
        assert found.is_there
        assert f"--with-parent {os.getpid()}" in words(place)
    assert (False, None) == (found.is_there, simulation.find(place))


def test_a_kept_one_is_found_again(place: Place) -> None:
    """The next command joins it, and ends it unless it is kept again."""
    with simulation.running(place, keep=True) as first:
        assert "--with-parent" not in words(place)
    with simulation.running(place, keep=False) as second:
        assert first == second
    assert simulation.find(place) is None


def test_what_fails_can_be_repeated(place: Place) -> None:
    """A simulator that is kept, or was, stays where a command fails; another one ends."""
    with pytest.raises(ValueError), simulation.running(place, keep=False):
        raise ValueError
    assert simulation.find(place) is None
    with pytest.raises(ValueError), simulation.running(place, keep=True):
        raise ValueError
    with pytest.raises(ValueError), simulation.running(place, keep=False):
        raise ValueError
    assert simulation.find(place) is not None


def test_a_number_alone_proves_nothing(place: Place) -> None:
    """A process that was given the number later is not taken for the simulator."""
    place.folder.mkdir(parents=True)
    record = {"url": "http://127.0.0.1:1", "pid": os.getpid(), "started": 1.0}
    place.record.write_text(json.dumps(record))
    assert simulation.find(place) is None


def test_one_that_does_not_start_is_said(place: Place, tmp_path: Path) -> None:
    """Not ready, with where its words are; nothing is left running."""
    (tmp_path / "python").write_text(f"#!{sys.executable}\nraise SystemExit(1)\n")
    with pytest.raises(NotReadyError, match="did not start"), simulation.running(place, keep=True):
        pass
    assert simulation.find(place) is None
