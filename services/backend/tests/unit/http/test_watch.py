import asyncio
from typing import Any

import pytest

from groundplan_backend.http import watch
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.watch import HUNG_UP, TOO_LATE, Watch


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "PATIENCE", 0.005)


def _exchange(method: str) -> Exchange:
    return Exchange({"method": method, "headers": []}, None)


async def _never() -> Any:
    await asyncio.Event().wait()


async def _gone() -> Any:
    return {"type": "http.disconnect"}


async def _verdict(exchange: Exchange, receive: Any, deadline: float) -> str | None:
    watching = Watch(exchange, receive, deadline)
    try:
        await asyncio.sleep(0.2)
    except asyncio.CancelledError:
        task = asyncio.current_task()
        assert task is not None
        task.uncancel()
    finally:
        watching.stop()
    return watching.verdict


async def test_a_client_that_hangs_up_ends_the_request() -> None:
    """The handler is cancelled, wherever it waits."""
    assert HUNG_UP == await _verdict(_exchange("GET"), _gone, 10)


async def test_a_deadline_ends_the_request() -> None:
    """So does the clock."""
    assert TOO_LATE == await _verdict(_exchange("GET"), _never, 0.02)


async def test_a_body_that_is_still_coming_is_not_taken_away() -> None:
    """Before the body is read, only the handler reads the connection."""
    assert None is await _verdict(_exchange("POST"), _gone, 10)


async def test_a_fast_request_is_not_watched() -> None:
    """What ends in time never has its connection read."""
    asked: list[str] = []

    async def receive() -> Any:
        asked.append("receive")
        return {"type": "http.disconnect"}

    Watch(_exchange("GET"), receive, 10).stop()
    await asyncio.sleep(0.02)
    assert [] == asked


async def test_a_stream_that_moves_is_not_too_late() -> None:
    """Every piece gives the whole time again; a stream that stands still has its end."""
    exchange = _exchange("POST")

    async def move() -> None:
        while True:
            exchange.moved = True
            await asyncio.sleep(0.005)

    moving = asyncio.create_task(move())
    assert None is await _verdict(exchange, _never, 0.05)
    moving.cancel()
    assert TOO_LATE == await _verdict(exchange, _never, 0.05)
