"""The tracer ends a start's trace, keeps it, sends it, and fails with nothing."""

import asyncio
import json
from pathlib import Path

import pytest

from groundplan.errors import NotReadyError
from groundplan.runner.startup import trace, tracer
from groundplan.runner.startup.post import Store
from groundplan.runner.startup.trace import Trace
from groundplan.runner.startup.tracer import Tracer


@pytest.fixture(autouse=True)
def apart():
    """Have no test's trace reach another."""
    token = trace._current.set(None)
    yield
    trace._current.reset(token)


@pytest.fixture
def make(tmp_path):
    """Return what makes a tracer without a store."""
    return lambda store=lambda: None: Tracer(tmp_path / "traces", "local", store)


def spans_in(folder: Path):
    """Return the names and kinds of error of the spans in the one file of a folder."""
    (path,) = folder.glob("traces/*.json")
    (found,) = json.loads(path.read_text())["resourceSpans"]
    return [
        (each["name"], "status" in each, each["attributes"])
        for each in found["scopeSpans"][0]["spans"]
    ]


def test_it_goes_on_with_what_the_command_line_began(make):
    """The trace of the command is the supervisor's."""
    began = Trace("up")
    trace.enter(began)
    assert began is make().up


def test_being_ready_ends_the_start(make, make_replica, tmp_path):
    """The file holds the root and the replica; the command line is told of it."""
    found = make()
    found.look("starting")
    assert not found.up.is_closed
    found.way(make_replica()).arrived()
    found.look("ready")
    (root, replica) = spans_in(tmp_path)
    assert [("up", False), ("start web-1", False)] == [root[:2], replica[:2]]
    told = found.shown()
    assert (True, False) == (told["ended"], told["sent"])
    assert Path(told["file"]).is_file()


async def test_a_failed_start_leaves_its_trace(make, make_replica, monkeypatch, tmp_path):
    """It is kept a moment after the failure; what still went on is marked."""
    monkeypatch.setattr(tracer, "SETTLE", 0.0)
    found = make()
    found.way(make_replica()).tries()
    found.look("failed")
    found.look("failed")
    while not found.up.is_closed:
        await asyncio.sleep(0)
    assert [("up", True), ("start web-1", True), ("attempt", True)] == [
        each[:2] for each in spans_in(tmp_path)
    ]


def test_a_restart_is_a_trace_of_its_own(make, make_replica):
    """Once the start has ended, with the reason for which the replica had."""
    found, replica = make(), make_replica()
    found.look("ready")
    replica.detail = "killed by SIGKILL"
    found.way(replica).arrived()
    (path,) = [each for each in found.shelf.unsent() if "-restart-" in each.name]
    assert "killed by SIGKILL" in path.read_text()


def test_a_long_start_is_drafted(make, monkeypatch, tmp_path):
    """What is known so far outlives a supervisor that is killed."""
    monkeypatch.setattr(tracer, "DRAFT", 0.0)
    make().draft()
    assert [("up", True)] == [each[:2] for each in spans_in(tmp_path)]


async def test_it_is_sent_once_the_store_takes_it(make, monkeypatch):
    """A store that is not ready, then busy, is asked again; then the file is marked."""
    monkeypatch.setattr(tracer, "PAUSES", (0.0,) * 5)
    answers, stores = iter([None, True]), iter([None, Store(1, "k"), Store(1, "k")])
    monkeypatch.setattr(tracer, "post", lambda *_: next(answers))
    found = make(lambda: next(stores))
    found.look("ready")
    await found.send()
    assert found.shown()["sent"]
    assert Path(found.shown()["file"]).is_file()


async def test_what_was_not_sent_goes_with_the_next(make, monkeypatch):
    """A store that stays away leaves the file; the next supervisor sends it."""
    monkeypatch.setattr(tracer, "PAUSES", (0.0,) * 2)
    monkeypatch.setattr(tracer, "post", lambda *_: True)
    gone = make()
    gone.look("ready")
    await gone.send()
    assert 1 == len(gone.shelf.unsent())
    trace._current.set(None)
    next_one = make(lambda: Store(1, "k"))
    next_one.look("ready")
    await next_one.send()
    assert ([], 2) == (next_one.shelf.unsent(), len(next_one.shelf.all()))


def test_a_start_that_ended_early_leaves_its_trace(tmp_path):
    """The reason is the root's; without a data folder nothing is made."""
    trace.enter(Trace("up"))
    tracer.abandon(tmp_path / "gone" / "traces", "local", NotReadyError("no"))
    assert not (tmp_path / "gone").exists()
    tracer.abandon(tmp_path / "traces", "local", NotReadyError("the disk is full"))
    assert [("up", True)] == [each[:2] for each in spans_in(tmp_path)]
    assert "the disk is full" in next(tmp_path.glob("traces/*")).read_text()
