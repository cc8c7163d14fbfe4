"""The statements of events."""

from typing import Any, Final
from uuid import UUID

from groundplan_backend.postgres import queries
from groundplan_backend.postgres.pool import Connection, Pool

_SQL: Final = queries.load(__file__)


async def begin(connection: Connection, subject: str) -> Any:
    """Wait to be the only one who appends; return the next id, its time and who acts."""
    await connection.execute(_SQL["lock_events"])
    return await connection.fetchrow(_SQL["next_event"], subject)


async def insert(connection: Connection, row: tuple[Any, ...]) -> None:
    """Append an event: id, time, type, environment, services, deployment and body."""
    await connection.execute(_SQL["insert_event"], *row)


async def last(pool: Pool) -> int:
    """Return the id of the last event, 0 when there is none."""
    row = await pool.fetchrow(_SQL["last_event"])
    return int(row["id"])


async def after(pool: Pool, event: int, limit: int) -> list[Any]:
    """Return the events that follow, in order."""
    return await pool.fetch(_SQL["list_events"], event, limit)


async def of_deployment(pool: Pool, deployment: UUID, event: int, limit: int) -> list[Any]:
    """Return the events of a deployment that follow, in order."""
    return await pool.fetch(_SQL["list_events_of_deployment"], deployment, event, limit)
