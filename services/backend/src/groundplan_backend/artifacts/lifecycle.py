"""What ends by itself: artifacts past their days, uploads past their time, objects of neither."""

from typing import Final

from groundplan_backend.artifacts import repository
from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.objects.store import Objects
from groundplan_backend.postgres.pool import Pool

_SYSTEM: Final = Actor("system", "", "")
_AT_ONCE: Final = 100


class Lifecycle:
    """Work of the background; any number of replicas may do it at the same time."""

    def __init__(self, pool: Pool, objects: Objects) -> None:
        self._pool = pool
        self._objects = objects

    async def expire(self) -> int:
        """Delete what is past its time; return how much that was."""
        async with self._pool.transaction() as connection:
            rows = await repository.expired(connection, _AT_ONCE)
            await repository.delete(connection, [row["id"] for row in rows])
            for row in rows:
                if row["state"] == "ready":
                    event = Event("artifact.expire", str(row["id"]), {"name": row["name"]})
                    await audit.record(connection, _SYSTEM, event)
        return len(rows)

    async def sweep(self) -> int:
        """Remove objects that nothing refers to; return how many that were."""
        async with self._pool.transaction() as connection:
            names = await repository.leftovers(connection, _AT_ONCE)
            if names:
                await self._objects.remove(names)
                await repository.forget(connection, names)
        return len(names)
