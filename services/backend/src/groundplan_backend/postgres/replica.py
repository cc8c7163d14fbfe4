"""Reads from a replica of the database, where what the caller wrote last is already there.

Only what runs inside `reading` may go there, and only by `fetch`: a transaction never does. Every
time the replica is asked first, on the same connection, whether it has replayed so much, still
hears from its source and is not far behind. Where one of that fails the primary is read.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

import asyncpg

from groundplan_backend.errors import DependencyUnavailable
from groundplan_backend.observability.calls import Calls
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.settings import Secret

NOTHING: Final = "0/0"
"""The position of who has written nothing."""
REST: Final = 5.0
"""Seconds for which a replica that did not answer is not asked."""
ACQUIRE_TIMEOUT: Final = 0.25
_ASK_TIMEOUT: Final = 0.25
_POSITION: Final = "SELECT pg_current_wal_flush_lsn()::text AS position"
_IS_THERE: Final = """
SELECT coalesce(pg_last_wal_replay_lsn() >= $1::text::pg_lsn, false)
    AND EXISTS (SELECT FROM pg_stat_wal_receiver)
    AND (pg_last_wal_replay_lsn() = pg_last_wal_receive_lsn()
        OR now() - pg_last_xact_replay_timestamp() < interval '10 seconds') AS is_there
"""
_NOT_HERE: Final = (asyncpg.SerializationError, asyncpg.SyntaxOrAccessError)
"""A read that replaying got in the way of, and a table that has not arrived yet."""

_wanted: ContextVar[str | None] = ContextVar("wanted", default=None)


@contextmanager
def reading(position: str) -> Iterator[None]:
    """Let reads of this task go to a replica that has replayed up to `position`."""
    token = _wanted.set(position)
    try:
        yield
    finally:
        _wanted.reset(token)


class ReplicatedPool(Pool):
    """The pool of the primary, whose reads may go to a replica; without one it is a `Pool`."""

    def __init__(
        self,
        primary: Secret,
        replica: Secret | None,
        size: int,
        statement_timeout_ms: int,
        calls: Calls | None = None,
    ) -> None:
        super().__init__(primary, size, statement_timeout_ms, calls=calls)
        self._replica: Pool | None = None
        if replica is not None:
            self._replica = Pool(replica, size, statement_timeout_ms, ACQUIRE_TIMEOUT, calls)
        self._resting_until = 0.0

    @property
    def has_replica(self) -> bool:
        """Whether there is a replica at all."""
        return self._replica is not None

    async def position(self) -> str:
        """Return how far the primary has written: what has committed lies before it."""
        row = await super().fetchrow(_POSITION)
        return str(row["position"])

    async def fetch(self, statement: str, *arguments: object) -> list[Any]:
        """Run one reading statement, on the replica where that is allowed and possible."""
        wanted, replica = _wanted.get(), self._replica
        if wanted is not None and replica is not None and time.monotonic() >= self._resting_until:
            rows = await self._read(replica, wanted, statement, arguments)
            if rows is not None:
                return rows
        return await super().fetch(statement, *arguments)

    async def _read(
        self, replica: Pool, wanted: str, statement: str, arguments: tuple[object, ...]
    ) -> list[Any] | None:
        try:
            async with replica.connection() as connection:
                if not await connection.fetchval(_IS_THERE, wanted, timeout=_ASK_TIMEOUT):
                    return None
                rows: list[Any] = await connection.fetch(statement, *arguments)
                return rows
        except _NOT_HERE:
            return None
        except DependencyUnavailable as error:
            # What took too long there would take as long here.
            if isinstance(error.__cause__, asyncpg.QueryCanceledError):
                raise
            self._resting_until = time.monotonic() + REST
            return None

    async def close(self) -> None:
        """Close the connections to both."""
        await super().close()
        if self._replica is not None:
            await self._replica.close()
