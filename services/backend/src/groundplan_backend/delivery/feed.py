"""The events as one replica sees them: read once from PostgreSQL, handed to all who follow.

Redis only says that there is news, and the database is asked every `POLL` seconds without it:
no event is lost with a connection, and none comes twice, because every follower goes on from
the number that it has. The latest events stand in memory, in frames made once; who is further
behind reads from the database, a bounded page at a time.
"""

import asyncio
import contextlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from groundplan_backend.delivery import event_repository
from groundplan_backend.delivery.event_schemas import StreamQuery
from groundplan_backend.errors import DependencyUnavailable
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.redis.client import Redis, RedisError
from groundplan_backend.redis.subscription import Subscription
from groundplan_backend.settings import Secret

CHANNEL: Final = "groundplan:delivery:events"
POLL: Final = 2.0
KEPT: Final = 2000
_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class Frame:
    """One event as it goes to a follower, and what it is chosen by."""

    number: int
    environment: str | None
    services: Sequence[str]
    deployment: UUID | None
    text: bytes

    def suits(self, query: StreamQuery) -> bool:
        """Say whether a follower asked for it."""
        return (
            (not query.environment or query.environment == self.environment)
            and (not query.service or query.service in self.services)
            and (not query.deployment or query.deployment == self.deployment)
        )


class Feed:
    """The latest events; `run` and `listen` keep them up to date."""

    def __init__(self, pool: Pool, redis: Redis, url: Secret, authority: Path | None) -> None:
        self._pool = pool
        self._redis = redis
        self._subscription = Subscription(url, CHANNEL, self._stir, authority)
        self._frames: list[Frame] = []
        self._last: int | None = None
        self._stirred = asyncio.Event()
        self._news = asyncio.Event()
        self.closing = False

    async def run(self) -> None:
        """Read what is new, whenever somebody says so and every `POLL` seconds."""
        while True:
            self._stirred.clear()
            await self._read()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL):
                    await self._stirred.wait()

    async def listen(self) -> None:
        """Hear of news from the other replicas."""
        await self._subscription.run()

    async def announce(self) -> None:
        """Tell all replicas that something was committed; who does not hear it, asks soon."""
        self._stir()
        with contextlib.suppress(DependencyUnavailable, RedisError):
            await self._redis.execute("PUBLISH", CHANNEL, "news")

    def close(self) -> None:
        """Let every follower end."""
        self.closing = True
        self.wake()

    def wake(self) -> None:
        """Let every follower look around."""
        self._news.set()
        self._news = asyncio.Event()

    @property
    def last(self) -> int:
        """The number of the last event.

        Raises:
            DependencyUnavailable: the events were not read yet.
        """
        if self._last is None:
            raise DependencyUnavailable("the events are not loaded yet")
        return self._last

    async def loaded(self) -> int:
        """Wait a moment for a replica that has just begun; return the number of the last event.

        Raises:
            DependencyUnavailable: the events could not be read yet.
        """
        if self._last is None:
            await self.news(POLL)
        return self.last

    async def after(self, number: int) -> list[Frame]:
        """Return the frames that follow, at most a page of them."""
        if number >= self.last:
            return []
        if self._frames and self._frames[0].number <= number + 1:
            start = bisect_right(self._frames, number, key=_number)
            return self._frames[start : start + _PAGE]
        rows = await event_repository.after(self._pool, number, _PAGE)
        return [_frame(row) for row in rows]

    async def news(self, seconds: float) -> bool:
        """Wait to be woken; False when some seconds have passed without that."""
        try:
            async with asyncio.timeout(seconds):
                return await self._news.wait()
        except TimeoutError:
            return False

    async def _read(self) -> None:
        """Read all that is new; the first time only the latest, and nothing is told before."""
        last = self._last
        if last is None:
            last = max(await event_repository.last(self._pool) - KEPT, 0)
        while rows := await event_repository.after(self._pool, last, _PAGE):
            self._frames.extend(map(_frame, rows))
            last = rows[-1]["id"]
            if self._last is not None:
                self._show(last)
        if self._last is None:
            self._show(last)

    def _show(self, last: int) -> None:
        if len(self._frames) > 2 * KEPT:
            del self._frames[:-KEPT]
        self._last = last
        self.wake()

    def _stir(self) -> None:
        self._stirred.set()


def _number(frame: Frame) -> int:
    return frame.number


def _frame(row: Any) -> Frame:
    number, kind, environment, services, deployment, body = row
    text = b"id: %d\nevent: %b\ndata: %b\n\n" % (number, kind.encode(), body)
    return Frame(number, environment, services, deployment, text)
