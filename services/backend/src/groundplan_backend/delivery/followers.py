"""Who follows the events on this replica: how many may, for how long, and what each is sent.

A follower costs a place in the feed and at most one page of frames: one that reads slowly
holds nothing else up, and is cut by the request's deadline when it takes no byte at all.
"""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from typing import Final

from groundplan_backend.delivery.event_schemas import StreamQuery
from groundplan_backend.delivery.feed import Feed
from groundplan_backend.errors import DependencyUnavailable, InvalidRequest, RateLimited
from groundplan_backend.http.caller import Caller
from groundplan_backend.observability.metrics import Metrics
from groundplan_backend.redis.client import Redis
from groundplan_contracts import sessions
from groundplan_contracts.problem import FieldError

MOST: Final = 4000
MOST_OF_SESSION: Final = 64
HEARTBEAT: Final = 5.0
"""Seconds; shorter than any time-out between here and the browser by default."""
CHECK: Final = 2.0
"""Seconds between looks whether the followers' sessions still exist."""
_OPENING: Final = b"retry: 2000\n\n"
_CHUNK: Final = 65_536
_ASKED_AT_ONCE: Final = 200


class Followers:
    """Lets followers in.

    `life` is that of an access token, `patience` how long a request may be without a byte; both
    in seconds.
    """

    def __init__(
        self, feed: Feed, redis: Redis, metrics: Metrics, life: float, patience: float
    ) -> None:
        self._feed = feed
        self._redis = redis
        self._metrics = metrics
        self._life = life
        self._heartbeat = min(HEARTBEAT, patience / 2)
        self._sessions: Counter[str] = Counter()
        self._ended: set[str] = set()

    async def follow(
        self, caller: Caller, query: StreamQuery, last_event_id: bytes | None
    ) -> AsyncIterator[bytes]:
        """Return what to send to one more follower.

        Raises:
            InvalidRequest: `Last-Event-ID` is no number.
            RateLimited: there are too many followers, or too many of this session.
            DependencyUnavailable: the events were not read yet.
        """
        after = _first_after(query, last_event_id)
        if self.count >= MOST or self._sessions[caller.session] >= MOST_OF_SESSION:
            raise RateLimited("too many follow the events from here", retry_after=5)
        last = await self._feed.loaded()
        return self._frames(caller.session, query, last if after is None else after)

    @property
    def count(self) -> int:
        """How many follow now."""
        return self._sessions.total()

    async def check_sessions(self) -> None:
        """End the streams of sessions that were revoked; while Redis is away none was."""
        self._metrics.followers.set(self.count)
        known, ended = list(self._sessions), set()
        try:
            for start in range(0, len(known), _ASKED_AT_ONCE):
                ended |= await self._without(known[start : start + _ASKED_AT_ONCE])
        except DependencyUnavailable:
            return
        self._ended = ended
        if ended:
            self._feed.wake()

    async def _without(self, asked: list[str]) -> set[str]:
        """Return which of these sessions there are no more, with one question if there are all."""
        keys = [sessions.session_key(one) for one in asked]
        if await self._redis.execute("EXISTS", *keys) == len(keys):
            return set()
        return {
            session
            for session, key in zip(asked, keys, strict=True)
            if not await self._redis.execute("EXISTS", key)
        }

    async def _frames(self, session: str, query: StreamQuery, last: int) -> AsyncIterator[bytes]:
        loop = asyncio.get_running_loop()
        end = loop.time() + self._life * random.uniform(0.8, 1)  # noqa: S311 - spreads the load
        self._sessions[session] += 1
        try:
            yield _OPENING
            while not self._is_over(session, end):
                frames = await self._feed.after(last)
                last = frames[-1].number if frames else last
                wanted = b"".join(frame.text for frame in frames if frame.suits(query))
                for start in range(0, len(wanted), _CHUNK):
                    yield wanted[start : start + _CHUNK]
                if not frames and not await self._feed.news(self._heartbeat):
                    yield b": %d\n\n" % last
        finally:
            self._leave(session)

    def _is_over(self, session: str, end: float) -> bool:
        is_late = asyncio.get_running_loop().time() > end
        return self._feed.closing or is_late or session in self._ended

    def _leave(self, session: str) -> None:
        self._sessions[session] -= 1
        if not self._sessions[session]:
            del self._sessions[session]


def _first_after(query: StreamQuery, last_event_id: bytes | None) -> int | None:
    if last_event_id:
        if not last_event_id.isdigit() or len(last_event_id) > 15:
            fault = FieldError("Last-Event-ID", "must be the id of an event")
            raise InvalidRequest("a header is not as described", errors=[fault])
        return int(last_event_id)
    return query.after if isinstance(query.after, int) else None
