"""Replicas leave the rotation when they should, but never the last ones."""

import asyncio

from groundplan.runner import publish
from groundplan.runner.disk import DiskFullError
from groundplan.runner.state import State


def _pair(make_replica, first: State, second: State):
    replicas = [make_replica(replica=1), make_replica(replica=2)]
    for replica, state in zip(replicas, (first, second), strict=True):
        replica.state = state
    return replicas


def test_what_is_not_ready_gets_no_requests(make_replica):
    """A replica that starts, stops or fails is left out while a sibling is ready."""
    for state in (State.STARTING, State.UNREADY, State.BACKOFF, State.STOPPING, State.FAILED):
        replicas = _pair(make_replica, State.READY, state)
        assert {"web-2"} == publish.out_of_rotation(replicas)


def test_a_draining_replica_gets_no_requests(make_replica):
    """A replica about to stop is left out though it is ready."""
    replicas = _pair(make_replica, State.READY, State.READY)
    replicas[0].draining = True
    assert {"web-1"} == publish.out_of_rotation(replicas)


def test_the_last_ones_stay(make_replica):
    """When none is ready all stay: trying is better than refusing."""
    assert set() == publish.out_of_rotation(_pair(make_replica, State.UNREADY, State.UNREADY))


def test_of_unready_ones_the_draining_goes(make_replica):
    """When none is ready, one that is about to stop still goes first."""
    replicas = _pair(make_replica, State.UNREADY, State.UNREADY)
    replicas[1].draining = True
    assert {"web-2"} == publish.out_of_rotation(replicas)


async def test_changes_are_written_together():
    """Many changes in a moment cause one writing, a later change another."""
    writings = 0

    async def write() -> None:
        nonlocal writings
        writings += 1

    publisher = publish.Publisher(write)
    task = asyncio.create_task(publisher.run())
    for _ in range(10):
        publisher.changed()
    await asyncio.sleep(0.1)
    assert 1 == writings
    publisher.changed()
    await asyncio.sleep(0.1)
    assert 2 == writings
    task.cancel()


async def test_a_full_disk_is_waited_out(monkeypatch):
    """The trouble is told, writing is tried again, and then the trouble is over."""
    monkeypatch.setattr(publish, "AGAIN", 0.02)
    results = iter([DiskFullError("the disk is full"), None])

    async def write() -> None:
        if error := next(results, None):
            raise error

    publisher = publish.Publisher(write)
    task = asyncio.create_task(publisher.run())
    publisher.changed()
    await asyncio.sleep(0.03)
    assert "the disk is full" in publisher.trouble
    await asyncio.sleep(0.1)
    assert "" == publisher.trouble
    task.cancel()
