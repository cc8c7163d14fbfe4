"""Ready-made answers in Redis: fresh for seconds, kept for longer as a reserve.

An entry is `generation|fresh until|cost|body`. A write gives the cache a new generation,
which every replica compares with the entry in the same round trip; an entry of an older
generation is never fresh again but still serves when the database is down. One request per
process rebuilds an entry, and a little before its end chance picks one to do so early
(XFetch), so that no crowd meets an expired entry.
"""

import asyncio
import math
import random
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from groundplan_backend.errors import DependencyUnavailable
from groundplan_backend.observability.metrics import Metrics
from groundplan_backend.redis.client import Redis

PREFIX: Final = "groundplan:cache:"
FRESH_FOR: Final = 10.0
KEEP_FOR: Final = 3600
_JITTER: Final = 0.1

Load = Callable[[], Awaitable[bytes]]


class Outcome(StrEnum):
    """How an answer came to be."""

    HIT = "hit"
    MISS = "miss"
    STALE = "stale"
    BYPASS = "bypass"


@dataclass(frozen=True, slots=True)
class Answer:
    """A body and where it is from."""

    body: bytes
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _Entry:
    generation: bytes
    fresh_until: float
    cost: float
    body: bytes

    @classmethod
    def parse(cls, raw: bytes) -> "_Entry":
        generation, fresh_until, cost, body = raw.split(b"|", 3)
        return cls(generation, float(fresh_until), float(cost), body)

    def pack(self) -> bytes:
        return b"%b|%.3f|%.6f|%b" % (self.generation, self.fresh_until, self.cost, self.body)

    def is_fresh(self, generation: bytes) -> bool:
        """Whether to answer with it; near its end chance says no for one caller (XFetch)."""
        early = -self.cost * math.log(1.0 - random.random())  # noqa: S311 - not a secret
        return self.generation == generation and time.time() + early < self.fresh_until


@dataclass(slots=True)
class _Flight:
    """One rebuild and how many requests wait for it; it ends with the last of them."""

    task: asyncio.Task[bytes]
    waiting: int = 0


class Cache:
    """Reads through Redis, and past it when Redis is down; an area grows old as a whole."""

    def __init__(
        self, redis: Redis, metrics: Metrics, area: str, fresh_for: float = FRESH_FOR
    ) -> None:
        self._redis = redis
        self._fresh_for = fresh_for
        self._prefix = f"{PREFIX}{area}:"
        self._generation_key = f"{PREFIX}generation:{area}"
        self._flights: dict[tuple[str, bytes | None], _Flight] = {}
        self._counts = {outcome: metrics.cache.labels(outcome) for outcome in Outcome}

    async def read(
        self, key: str, load: Load, *, fresh: bool = False, keep_for: int = KEEP_FOR
    ) -> Answer:
        """Return the answer kept under `key`, or what `load` makes of the database.

        `fresh` asks the database whatever the cache holds. When the database is down the
        entry serves however old it is, for as long as it is kept (`keep_for`, seconds).

        Raises:
            DependencyUnavailable: the database is down and there is no entry.
        """
        entry, generation = (None, None) if fresh else await self._look_up(key)
        if entry is not None and entry.is_fresh(generation or b""):
            return self._answer(entry.body, Outcome.HIT)
        try:
            if fresh:
                return self._answer(await load(), Outcome.BYPASS)
            return self._answer(await self._shared(key, generation, load, keep_for), Outcome.MISS)
        except DependencyUnavailable:
            if fresh:
                entry, _ = await self._look_up(key)
            if entry is None:
                raise
            return self._answer(entry.body, Outcome.STALE)

    async def invalidate(self) -> None:
        """Make every entry of the area old, for all replicas; called after a write has committed.

        With Redis down nothing is lost but time: an entry then ends by its own age.
        """
        self._flights.clear()
        try:
            await self._redis.execute("SET", self._generation_key, secrets.token_hex(8))
        except DependencyUnavailable:
            return

    async def _look_up(self, key: str) -> tuple[_Entry | None, bytes | None]:
        try:
            raw, generation = await self._redis.execute(
                "MGET", self._prefix + key, self._generation_key
            )
        except DependencyUnavailable:
            return None, None
        return (_Entry.parse(raw) if raw else None), generation or b""

    async def _shared(
        self, key: str, generation: bytes | None, load: Load, keep_for: int
    ) -> bytes:
        name = (key, generation)
        flight = self._flights.get(name)
        if flight is None:
            rebuild = self._rebuild(key, generation, load, keep_for)
            task = asyncio.get_running_loop().create_task(rebuild)
            flight = self._flights[name] = _Flight(task)
            task.add_done_callback(lambda _: self._land(name, flight))
        flight.waiting += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if flight.waiting == 0 and not flight.task.done():
                self._land(name, flight)
                flight.task.cancel()

    def _land(self, name: tuple[str, bytes | None], flight: _Flight) -> None:
        if self._flights.get(name) is flight:
            del self._flights[name]
        if flight.task.done() and not flight.task.cancelled():
            flight.task.exception()  # seen here, in case every caller has hung up

    async def _rebuild(
        self, key: str, generation: bytes | None, load: Load, keep_for: int
    ) -> bytes:
        started = time.perf_counter()
        body = await load()
        if generation is not None:
            cost = time.perf_counter() - started
            ttl = self._fresh_for * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311
            entry = _Entry(generation, time.time() + ttl, cost, body)
            try:
                await self._redis.execute("SET", self._prefix + key, entry.pack(), "EX", keep_for)
            except DependencyUnavailable:
                return body
        return body

    def _answer(self, body: bytes, outcome: Outcome) -> Answer:
        self._counts[outcome].inc()
        return Answer(body, outcome)
