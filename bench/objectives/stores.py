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
    found = Stores()
    database = await asyncpg.connect(database_url)
    cache = redis.asyncio.Redis.from_url(redis_url)
    watching = asyncio.create_task(_watch(found, database, cache))
    before = await database.fetchrow(_TIMES)
    try:
        yield found
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching
        await asyncio.sleep(_UNTIL_COUNTED)
        after = await database.fetchrow(_TIMES)
        found.transactions = int(after["transactions"] - before["transactions"])
        active = after["active"] - before["active"]
        found.database = active / found.transactions if found.transactions else float("nan")
    finally:
        watching.cancel()
        await cache.aclose()
        await database.close()


async def _watch(
    found: Stores, database: "asyncpg.Connection", cache: "redis.asyncio.Redis"
) -> None:
    async with asyncio.TaskGroup() as both:
        both.create_task(_read(found, cache))
        both.create_task(_count(found, database))


async def _read(found: Stores, cache: "redis.asyncio.Redis") -> None:
    while True:
        start = time.perf_counter()
        await cache.get("groundplan:bench:objective")
        found.reads.append((time.perf_counter() - start) * 1000)
        await asyncio.sleep(_EVERY)


async def _count(found: Stores, database: "asyncpg.Connection") -> None:
    while True:
        await asyncio.sleep(1)
        found.connections = max(found.connections, await database.fetchval(_CONNECTIONS))
