"""Followers of lines, without a network: places, losses and ends."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from groundplan_backend.errors import DependencyUnavailable, RateLimited, TelemetryUnavailable
from groundplan_backend.http.caller import Caller
from groundplan_backend.telemetry import follow
from groundplan_backend.telemetry.follow import MOST_OF_SESSION, Followers
from groundplan_backend.telemetry.log_schemas import FollowQuery, LogLine
from groundplan_backend.telemetry.sources import News
from groundplan_contracts.identity import Role

_CALLER = Caller("ada", Role.VIEWER, "session")


class Logs:
    """Lines that a test writes by hand; while `is_up` is False nothing answers."""

    kind = "store"

    def __init__(self) -> None:
        self.lines = [_line(1), _line(2)]
        self.is_up = True

    async def last(self) -> str | None:
        """Return the id of the latest."""
        return self.lines[-1].id

    async def since(self, query: FollowQuery, after: str | None) -> News:
        """Return what came after."""
        if not self.is_up:
            raise TelemetryUnavailable("no answer")
        lines = [line for line in self.lines if int(line.id) > int(after or 0)]
        return News(lines, lines[-1].id if lines else after)


class Redis:
    """Knows the session, or not, or is down."""

    def __init__(self, answer: int | None = 1) -> None:
        self._answer = answer

    async def execute(self, *_: str) -> int:
        """Say whether there is such a session."""
        if self._answer is None:
            raise DependencyUnavailable("down")
        return self._answer


def _line(number: int) -> LogLine:
    return LogLine(
        id=str(number),
        time=datetime(2026, 11, 23, tzinfo=UTC),
        service="backend",
        replica="",
        level="info",
        message=f"line {number}",
        trace_id="",
        span_id="",
        attributes={},
    )


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask a hundred times a second, and look after each two."""
    monkeypatch.setattr(follow, "EVERY", 0.01)
    monkeypatch.setattr(follow, "HEARTBEAT", 2)


def _made(redis: Any = None, life: float = 60) -> Followers:
    return Followers(redis or Redis(), life)


async def _until(pieces: AsyncIterator[bytes], words: bytes) -> bytes:
    heard = b""
    async with asyncio.timeout(2):
        async for piece in pieces:
            heard += piece
            if words in heard:
                return heard
    raise EOFError(heard)


async def test_it_begins_with_what_is_new_or_where_it_was() -> None:
    """`Last-Event-ID` goes before the query, which goes before the present."""
    logs, followers = Logs(), _made()
    pieces = await followers.follow(_CALLER, logs, FollowQuery(), None)
    logs.lines.append(_line(3))
    heard = await _until(pieces, b"line 3")
    assert heard.startswith(b"retry: 2000")
    assert b"line 2" not in heard
    again = await followers.follow(_CALLER, logs, FollowQuery(after="2"), "1")
    assert b"id: 2\nevent: line\ndata: {" in await _until(again, b"line 3")


async def test_a_loss_is_told_once_and_nothing_is_missed() -> None:
    """While nothing answers it is said; then it goes on from the same line."""
    logs = Logs()
    pieces = await _made().follow(_CALLER, logs, FollowQuery(), None)
    await _until(pieces, b"retry")
    logs.is_up = False
    lost = await _until(pieces, b": \n\n")
    assert 1 == lost.count(b"event: lost")
    logs.lines.append(_line(3))
    logs.is_up = True
    assert b"event: found" in await _until(pieces, b"line 3")


async def test_nothing_that_answers_is_no_stream() -> None:
    """The request ends before it begins."""
    logs = Logs()
    logs.is_up = False
    with pytest.raises(TelemetryUnavailable):
        await _made().follow(_CALLER, logs, FollowQuery(), None)


async def test_places_are_few_and_given_back() -> None:
    """One session cannot take all, and a stream that ends makes room."""
    followers, logs = _made(), Logs()
    streams = [
        await followers.follow(_CALLER, logs, FollowQuery(), None) for _ in range(MOST_OF_SESSION)
    ]
    for stream in streams:
        await _until(stream, b"retry")
    with pytest.raises(RateLimited):
        await followers.follow(_CALLER, logs, FollowQuery(), None)
    await streams[0].aclose()  # type: ignore[attr-defined]
    await followers.follow(_CALLER, logs, FollowQuery(), None)


@pytest.mark.parametrize(("redis", "ends"), [(Redis(0), True), (Redis(None), False)])
async def test_a_stream_ends_with_its_session(redis: Redis, ends: bool) -> None:
    """Unless Redis is away, for then none was ended."""
    pieces = await _made(redis).follow(_CALLER, Logs(), FollowQuery(), None)
    if ends:
        with pytest.raises(EOFError):
            await _until(pieces, b"never")
    else:
        assert await _until(pieces, b": \n\n")


async def test_a_stream_ends_with_the_replica_and_with_its_token() -> None:
    """Whoever follows goes to another."""
    followers = _made()
    pieces = await followers.follow(_CALLER, Logs(), FollowQuery(), None)
    followers.close()
    with pytest.raises(EOFError):
        await _until(pieces, b"never")
    short = await _made(life=0.05).follow(_CALLER, Logs(), FollowQuery(), None)
    with pytest.raises(EOFError):
        await _until(short, b"never")


async def test_who_comes_at_once_does_not_get_more_places() -> None:
    """Fifty streams that are opened in the same moment are as few as one after the other."""
    followers, logs = _made(), Logs()
    last = logs.last

    async def slow() -> str | None:
        await asyncio.sleep(0.01)
        return await last()

    logs.last = slow  # type: ignore[method-assign]
    asked = (followers.follow(_CALLER, logs, FollowQuery(), None) for _ in range(50))
    found = await asyncio.gather(*asked, return_exceptions=True)
    streams = [each for each in found if not isinstance(each, BaseException)]
    assert MOST_OF_SESSION == len(streams)
    assert all(isinstance(each, RateLimited) for each in found if each not in streams)
