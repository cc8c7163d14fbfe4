"""A data folder gets one supervisor, whoever asks and when."""

import asyncio
import os
from pathlib import Path

import pytest

from groundplan.errors import NotReadyError
from groundplan.runner import control, folders, identity, record, start
from groundplan.runner.disk import DiskFullError
from groundplan.runner.lock import LOCK, Lock
from groundplan.runner.order import Order


@pytest.fixture
def order(reference, tmp_path) -> Order:
    """Return an order whose folders are made."""
    found = folders.locate(tmp_path / "data", tmp_path)
    folders.make(found)
    return Order(reference, {"local": reference}, "local", found, 9000)


@pytest.fixture
def held(order):
    """Hold the folder's lock, as a supervisor does."""
    lock = Lock.take(folders.Path(order.folders.data, LOCK))
    assert lock
    yield lock
    lock.release()


async def test_one_at_work_is_joined(order, held):
    """Where a supervisor answers nothing is started."""

    async def answer(question, say) -> dict:
        return {"status": {"state": "ready"}}

    socket = folders.Path(order.folders.run, control.SOCKET)
    async with control.serving(socket, answer):
        assert not await asyncio.to_thread(start.start, order)


async def test_one_that_is_leaving_is_waited_for(order, held, monkeypatch):
    """One that stops is not joined; when it does not end, that is said."""
    monkeypatch.setattr(start, "LEAVING", 0.2)

    async def answer(question, say) -> dict:
        return {"status": {"state": "stopping"}}

    socket = folders.Path(order.folders.run, control.SOCKET)
    async with control.serving(socket, answer):
        with pytest.raises(NotReadyError, match="neither answers nor ends"):
            await asyncio.to_thread(start.start, order)


@pytest.mark.parametrize(("component", "expected"), [("prometheus", True), ("backend", False)])
def test_a_prometheus_that_outlived_its_supervisor_goes_on(order, component, expected):
    """What runs is taken over, whether it is asked for again or not."""
    assert not start._with_what_runs(order).prometheus
    own = identity.of(os.getpid()) or ""
    kept = record.Kept(component, 1, os.getpid(), own, "", 0, 1, "", 0, "SIGTERM", 1.0)
    record.keep(Path(order.folders.run, "processes.json"), [kept])
    assert expected is start._with_what_runs(order).prometheus


def test_without_room_nothing_is_started(order, monkeypatch):
    """The error says how much is needed; the lock is free for the next try."""
    monkeypatch.setattr(folders, "ROOM_AT_FIRST", 1 << 60)
    with pytest.raises(DiskFullError, match=r"the disk is full: .* MB are free"):
        start.start(order)
