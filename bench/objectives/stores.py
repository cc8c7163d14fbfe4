"""What the stores say meanwhile: PostgreSQL's own times, and a caller of Redis beside the load."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from statistics import fmean
from typing import Final

import asyncpg
import redis.asyncio

_TIMES: Final = """
SELECT sum(active_time) AS active, sum(xact_commit + xact_rollback) AS transactions
FROM pg_stat_database
"""
_CONNECTIONS: Final = "SELECT count(*) FROM pg_stat_activity WHERE usename = current_user"
_EVERY: Final = 0.05
_UNTIL_COUNTED: Final = 1.2
"""Seconds; a backend of PostgreSQL hands its counts on about once a second."""


@dataclass(slots=True)
class Stores:
    """Milliseconds that a transaction and a cached read take on average, and connections."""

    database: float = 0.0
    transactions: int = 0
    connections: int = 0
    reads: list[float] = field(default_factory=list)

    @property
    def cache(self) -> float:
        """Milliseconds of one read of the cache, round trip included."""
        return fmean(self.reads) if self.reads else float("nan")


@asynccontextmanager
async def watched(database_url: str, redis_url: str) -> AsyncIterator[Stores]:
    """Watch both stores while the block runs; the database's figures are there after it."""
    found, ended = Stores(), asyncio.Event()
    database = await asyncpg.connect(database_url)
    cache = redis.asyncio.Redis.from_url(redis_url)
    before = await database.fetchrow(_TIMES)
    watching = asyncio.gather(_read(found, cache, ended), _count(found, database, ended))
    try:
        yield found
        # Asked to end, not cancelled: a driver may swallow a cancellation in the middle of a call.
        ended.set()
        await watching
        await asyncio.sleep(_UNTIL_COUNTED)
        after = await database.fetchrow(_TIMES)
        found.transactions = int(after["transactions"] - before["transactions"])
        active = after["active"] - before["active"]
        found.database = active / found.transactions if found.transactions else float("nan")
    finally:
        ended.set()
        await cache.aclose()
        await database.close()


async def _read(found: Stores, cache: "redis.asyncio.Redis", ended: asyncio.Event) -> None:
    while not ended.is_set():
        start = time.perf_counter()
        await cache.get("groundplan:bench:objective")
        found.reads.append((time.perf_counter() - start) * 1000)
        await _pause(ended, _EVERY)


async def _count(found: Stores, database: "asyncpg.Connection", ended: asyncio.Event) -> None:
    while not ended.is_set():
        found.connections = max(found.connections, await database.fetchval(_CONNECTIONS))
        await _pause(ended, 1.0)


async def _pause(ended: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await ended.wait()
