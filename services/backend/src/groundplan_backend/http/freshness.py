"""Read your writes: how far the database was when a session changed something last.

Kept in Redis for every replica of the backend. A session reads a replica of the database only
when its note can be read; one without a note has changed nothing for an hour.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from groundplan_backend.errors import DependencyUnavailable
from groundplan_backend.http.caller import Caller
from groundplan_backend.postgres.replica import NOTHING, ReplicatedPool, reading
from groundplan_backend.redis.client import Redis

KEEP_FOR: Final = 3600
_PREFIX: Final = "groundplan:written:"


class Freshness:
    """Notes what sessions have written, and lets them read where it has arrived."""

    def __init__(self, pool: ReplicatedPool, redis: Redis) -> None:
        self._pool = pool
        self._redis = redis

    async def note(self, caller: Caller) -> None:
        """Note, before a change is answered, how far the database is now.

        Where that fails the change stays done; the next read may then be as old as the replica.
        """
        if not self._pool.has_replica:
            return
        try:
            position = await self._pool.position()
            key = _PREFIX + caller.session
            await self._redis.execute("SET", key, position, "EX", KEEP_FOR)
        except DependencyUnavailable:
            return

    async def position(self, caller: Caller) -> str | None:
        """Return what a replica must have replayed for this caller; None: read the primary."""
        if not self._pool.has_replica:
            return None
        try:
            noted = await self._redis.execute("GET", _PREFIX + caller.session)
        except DependencyUnavailable:
            return None
        return noted.decode() if noted else NOTHING


@contextmanager
def allowed(position: str | None) -> Iterator[None]:
    """Let what is inside read a replica that is so far; without a position nothing may."""
    if position is None:
        yield
        return
    with reading(position):
        yield
