"""A replica of a real program is kept running, whatever happens to it."""

import asyncio
import os
import signal
import time
from dataclasses import replace

import psutil

from groundplan.runner import identity
from groundplan.runner.startup.trace import Trace
from groundplan.runner.startup.way import Way
from groundplan.runner.state import State


async def test_it_becomes_ready_and_stops(make_replica):
    """A started replica answers; a stopped one is gone."""
    replica = make_replica()
    replica.begin()
    assert State.READY is await asyncio.wait_for(replica.reaches(State.READY), 10)
    pid = replica.running.pid
    await replica.stop()
    assert State.STOPPED is replica.state
    assert not psutil.pid_exists(pid)


async def test_a_killed_one_is_back_within_a_second(make_replica):
    """After `kill -9` a new process is ready at once, and the restart is counted."""
    replica = make_replica()
    replica.begin()
    await asyncio.wait_for(replica.reaches(State.READY), 10)
    before, began = replica.running.pid, time.monotonic()
    os.kill(before, signal.SIGKILL)
    await asyncio.wait_for(replica.reaches(State.BACKOFF), 5)
    assert "killed by SIGKILL" == replica.detail
    await asyncio.wait_for(replica.reaches(State.READY), 5)
    assert time.monotonic() - began < 2
    assert (1, True) == (replica.restarts, replica.running.pid != before)


async def test_a_crash_loop_is_told_with_its_last_words(make_replica):
    """One that always crashes waits longer and longer, then counts as failed, with the reason."""
    replica = make_replica("crash")
    replica.begin()
    await asyncio.wait_for(replica.reaches(State.BACKOFF), 5)
    assert "exited with code 1" == replica.detail
    await asyncio.wait_for(replica.reaches(State.FAILED), 15)
    assert "exited with code 1: no such table: users" == replica.detail
    assert replica.restarts >= 5


async def test_a_frozen_one_is_replaced(make_replica):
    """One that lives but does not answer loses liveness and is started anew."""
    replica = make_replica()
    replica.begin()
    await asyncio.wait_for(replica.reaches(State.READY), 10)
    before = replica.running.pid
    os.kill(before, signal.SIGSTOP)
    await asyncio.wait_for(replica.reaches(State.UNREADY, State.BACKOFF), 5)
    await asyncio.wait_for(replica.reaches(State.READY), 15)
    assert before != replica.running.pid
    assert not psutil.pid_exists(before)


async def test_what_it_started_goes_with_it(make_replica):
    """Children that a killed replica leaves behind are ended before the next start."""
    replica = make_replica("child")
    replica.begin()
    await asyncio.wait_for(replica.reaches(State.READY), 10)
    children = psutil.Process(replica.running.pid).children()
    assert children
    os.kill(replica.running.pid, signal.SIGKILL)
    await asyncio.wait_for(replica.reaches(State.BACKOFF), 5)
    assert all(identity.of(child.pid) is None for child in children)


async def test_one_that_will_not_end_is_killed(make_replica):
    """After its drain time a replica that ignores the request to end is ended."""
    replica = make_replica("stubborn")
    replica.begin()
    await asyncio.wait_for(replica.reaches(State.READY), 10)
    pid, began = replica.running.pid, time.monotonic()
    await replica.stop()
    assert 2.0 <= time.monotonic() - began < 4.0
    assert not psutil.pid_exists(pid)


async def test_a_missing_program_is_named(make_replica):
    """A program that is not there is a reason, not a crash of the runner."""
    replica = make_replica()
    replica.spec = replace(replica.spec, program="/nowhere/program")
    replica.begin()
    await asyncio.wait_for(replica.reaches(State.BACKOFF), 5)
    assert "/nowhere/program: No such file or directory" == replica.detail


async def test_its_starts_are_told_try_by_try(make_replica):
    """A crash is a failed try with its code; being ready ends the way, and so does a stop."""
    ways: list[Way] = []
    written = Trace("up")

    def way(_) -> Way:
        ways.append(Way(written, written.begin("start web-1")))
        return ways[-1]

    replica = make_replica("crash")
    replica._around.way = way
    replica.begin()
    await asyncio.wait_for(replica.reaches(State.BACKOFF), 5)
    crashed = written.spans[2]
    assert ("attempt", "exited", 1) == (
        crashed.name,
        crashed.error,
        crashed.attributes["process.exit.code"],
    )
    await replica.stop()
    assert (1, "stopped") == (len(ways), written.spans[1].error)
    replica.spec = replace(replica.spec, arguments=replica.spec.arguments[:-1])
    replica.begin()
    await asyncio.wait_for(replica.reaches(State.READY), 5)
    assert (2, "") == (len(ways), written.spans[-1].error)
    assert written.spans[-1].attributes["process.pid"] == replica.running.pid
