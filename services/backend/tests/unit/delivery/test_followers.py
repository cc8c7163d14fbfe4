"""Followers without a network: places, hearts and ends."""

import asyncio
from typing import Any

import pytest

from groundplan_backend.delivery.event_schemas import StreamQuery
from groundplan_backend.delivery.feed import Frame
from groundplan_backend.delivery.followers import MOST_OF_SESSION, Followers
from groundplan_backend.errors import DependencyUnavailable, InvalidRequest, RateLimited
from groundplan_backend.http.caller import Caller
from groundplan_backend.observability.metrics import Metrics
from groundplan_contracts.identity import Role


class Feed:
    """A feed that a test writes by hand."""

    def __init__(self) -> None:
        self.frames = [Frame(number, "prod", ["a"], None, b"%d;" % number) for number in (1, 2, 3)]
        self.closing = False
        self.woken = 0

    @property
    def last(self) -> int:
        """Return the last number."""
        return self.frames[-1].number

    async def loaded(self) -> int:
        """Return the last number."""
        return self.last

    async def after(self, number: int) -> list[Frame]:
        """Return what follows."""
        return [frame for frame in self.frames if frame.number > number]

    def wake(self) -> None:
        """Count who was woken."""
        self.woken += 1

    async def news(self, seconds: float) -> bool:
        """Wait in vain."""
        await asyncio.sleep(min(seconds, 0.01))
        return False


class Redis:
    """Knows the sessions that a test names, or is down."""

    def __init__(self) -> None:
        self.known = {"groundplan:session:s"}
        self.down = False

    async def execute(self, word: str, *keys: str) -> int:
        """Answer EXISTS."""
        if self.down:
            raise DependencyUnavailable("down")
        return sum(key in self.known for key in keys)


CALLER = Caller("u", Role.VIEWER, "s")


def _made(life: float = 60) -> tuple[Any, Any, Any]:
    feed: Any = Feed()
    redis: Any = Redis()
    return Followers(feed, redis, Metrics(), life, 1), feed, redis


async def test_a_follower_gets_what_follows_then_comments() -> None:
    """First how to come back, then events in one piece, then signs of life with the number."""
    followers, _, _ = _made()
    stream = await followers.follow(CALLER, StreamQuery(after=1), None)
    assert [b"retry: 2000\n\n", b"2;3;", b": 3\n\n"] == [await anext(stream) for _ in range(3)]
    assert 1 == followers.count
    await stream.aclose()
    assert 0 == followers.count


async def test_without_a_number_it_begins_with_what_comes_next() -> None:
    """Nothing that was before is sent."""
    followers, feed, _ = _made()
    stream = await followers.follow(CALLER, StreamQuery(), None)
    await anext(stream)
    feed.frames.append(Frame(4, "prod", ["a"], None, b"4;"))
    assert b"4;" == await anext(stream)


async def test_the_header_goes_before_the_query() -> None:
    """A browser that comes back says in the header what it has."""
    followers, _, _ = _made()
    stream = await followers.follow(CALLER, StreamQuery(after=0), b"2")
    assert [b"retry: 2000\n\n", b"3;"] == [await anext(stream) for _ in range(2)]


@pytest.mark.parametrize("header", [b"x", b"-1", b"1" * 16])
async def test_a_header_that_is_no_number_is_refused(header: bytes) -> None:
    """Before a place is given."""
    followers, _, _ = _made()
    with pytest.raises(InvalidRequest):
        await followers.follow(CALLER, StreamQuery(), header)


async def test_a_session_has_so_many_places() -> None:
    """One more is refused; when one leaves, its place is free."""
    followers, _, _ = _made()
    streams = [await followers.follow(CALLER, StreamQuery(), None) for _ in range(MOST_OF_SESSION)]
    for stream in streams:
        await anext(stream)
    with pytest.raises(RateLimited):
        await followers.follow(CALLER, StreamQuery(), None)
    await followers.follow(Caller("u", Role.VIEWER, "other"), StreamQuery(), None)
    await streams[0].aclose()
    await followers.follow(CALLER, StreamQuery(), None)


async def test_a_stream_ends_when_its_session_is_gone() -> None:
    """Looked up in Redis; while that is down nobody is sent away."""
    followers, feed, redis = _made()
    stream = await followers.follow(CALLER, StreamQuery(), None)
    await anext(stream)
    redis.known.clear()
    redis.down = True
    await followers.check_sessions()
    await anext(stream)
    redis.down = False
    await followers.check_sessions()
    assert [] == [piece async for piece in stream]
    assert 1 == feed.woken


async def test_followers_are_counted() -> None:
    """The metric says how many there are, from one look to the next."""
    feed: Any = Feed()
    redis: Any = Redis()
    metrics = Metrics()
    followers = Followers(feed, redis, metrics, 60, 1)
    await anext(await followers.follow(CALLER, StreamQuery(), None))
    await followers.check_sessions()
    assert b"delivery_followers 1.0" in metrics.exposition()


async def test_a_stream_ends_with_its_life_or_its_replica() -> None:
    """A token's time, or the replica's, ends it without an error."""
    followers, feed, _ = _made(life=0.05)
    stream = await followers.follow(CALLER, StreamQuery(), None)
    assert {b"retry: 2000\n\n", b": 3\n\n"} == {piece async for piece in stream}
    followers, feed, _ = _made()
    stream = await followers.follow(CALLER, StreamQuery(), None)
    await anext(stream)
    feed.closing = True
    assert [] == [piece async for piece in stream]
