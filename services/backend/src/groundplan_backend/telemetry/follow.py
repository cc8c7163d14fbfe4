"""Lines as they come, to a few followers at a time (server-sent events).

Each follower asks for what is new once a second, with filters of its own. While nothing answers
it is told so, once, and goes on from the same line when something does: nothing that was kept
is missed.
"""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Final

from groundplan_backend.errors import DependencyUnavailable, RateLimited, TelemetryUnavailable
from groundplan_backend.http import reply
from groundplan_backend.http.caller import Caller
from groundplan_backend.redis.client import Redis
from groundplan_backend.telemetry.log_schemas import FollowQuery, LogLine
from groundplan_backend.telemetry.sources import Logs, News
from groundplan_contracts import sessions

MOST: Final = 64
MOST_OF_SESSION: Final = 4
EVERY: Final = 1.0
"""Seconds between two questions."""
HEARTBEAT: Final = 5
"""Questions without news after which a comment is sent, so that the connection is kept."""
_OPENING: Final = b"retry: 2000\n\n"
_LOST: Final = b"event: lost\ndata: {}\n\n"
_FOUND: Final = b"event: found\ndata: {}\n\n"
_ALIVE: Final = b": \n\n"


class Followers:
    """Lets followers in; `life` is that of an access token, in seconds."""

    def __init__(self, redis: Redis, life: float) -> None:
        self._redis = redis
        self._life = life
        self._sessions: Counter[str] = Counter()
        self._closing = asyncio.Event()

    async def follow(
        self, caller: Caller, logs: Logs, query: FollowQuery, last: str | None
    ) -> AsyncIterator[bytes]:
        """Return what to send to one more follower; without `last` it begins with what is new.

        Raises:
            RateLimited: there are too many followers.
            InvalidRequest: `last` is the id of no line.
            TelemetryUnavailable: nothing answers.
        """
        self._check(caller.session)
        begin = last or (query.after if isinstance(query.after, str) else None)
        first = await logs.since(query, begin or await logs.last())
        # Others may have come meanwhile; from its first piece on a follower is counted.
        self._check(caller.session)
        pieces = self._frames(caller.session, logs, query, first)
        return _going_on(await anext(pieces), pieces)

    def close(self) -> None:
        """Let every follower go to another replica."""
        self._closing.set()

    def _check(self, session: str) -> None:
        if self._sessions.total() >= MOST or self._sessions.get(session, 0) >= MOST_OF_SESSION:
            raise RateLimited("too many follow the logs from here", retry_after=5)

    async def _frames(
        self, session: str, logs: Logs, query: FollowQuery, first: News
    ) -> AsyncGenerator[bytes, None]:
        loop = asyncio.get_running_loop()
        end = loop.time() + self._life * random.uniform(0.8, 1)  # noqa: S311 - spreads the load
        last, is_lost, quiet = first.last, False, 0
        self._sessions[session] += 1
        try:
            yield _OPENING + _frames(first)
            while loop.time() < end and not self._closing.is_set():
                news = await _news(logs, query, last)
                if (news is None) != is_lost:
                    is_lost = news is None
                    yield _LOST if is_lost else _FOUND
                if news is not None and (news.lines or news.last != last):
                    last, quiet = news.last, 0 if news.lines else quiet
                    yield _frames(news) or _ALIVE
                    continue
                quiet += 1
                if quiet % HEARTBEAT == 0:
                    if not await self._is_there(session):
                        return
                    yield _ALIVE
                await self._pause()
        finally:
            self._leave(session)

    async def _is_there(self, session: str) -> bool:
        """Say whether a session still exists; while Redis is away none was ended."""
        try:
            return bool(await self._redis.execute("EXISTS", sessions.session_key(session)))
        except DependencyUnavailable:
            return True

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(EVERY):
                await self._closing.wait()
        except TimeoutError:
            return

    def _leave(self, session: str) -> None:
        self._sessions[session] -= 1
        if not self._sessions[session]:
            del self._sessions[session]


async def _going_on(first: bytes, rest: AsyncGenerator[bytes, None]) -> AsyncIterator[bytes]:
    """Yield a piece that is there already, and the rest; the place is given back at the end."""
    try:
        yield first
        async for piece in rest:
            yield piece
    finally:
        await rest.aclose()


async def _news(logs: Logs, query: FollowQuery, last: str | None) -> News | None:
    """Return what is new, None when nothing answers."""
    try:
        return await logs.since(query, last)
    except TelemetryUnavailable:
        return None


def _frames(news: News) -> bytes:
    return b"".join(_frame(line) for line in news.lines)


def _frame(line: LogLine) -> bytes:
    return b"id: %b\nevent: line\ndata: %b\n\n" % (line.id.encode(), reply.encode(line))
