"""The statements of notification channels, and of what is sent to them."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

import asyncpg

from groundplan_backend.errors import Conflict
from groundplan_backend.postgres import queries
from groundplan_backend.postgres.pool import Connection, Pool

_SQL: Final = queries.load(__file__)


async def insert(connection: Connection, row: tuple[Any, ...]) -> None:
    """Add a channel: id, name, kind, what is shown, what is sealed, severities, the user's id.

    Raises:
        Conflict: the name is taken.
    """
    await _named(connection, _SQL["insert_channel"], row)


async def count(connection: Connection) -> int:
    """Count the channels."""
    return int(await connection.fetchval(_SQL["count_channels"]))


async def read(connection: Connection, channel: UUID) -> Any:
    """Return a channel as it is shown, or None."""
    return await connection.fetchrow(_SQL["read_channel"], channel)


async def list_channels(pool: Pool, after: str, limit: int) -> list[Any]:
    """Return channels by name."""
    return await pool.fetch(_SQL["list_channels"], after, limit)


async def lock(connection: Connection, channel: UUID) -> Any:
    """Return a channel that stays as it is until the transaction ends, or None."""
    return await connection.fetchrow(_SQL["lock_channel"], channel)


async def update(connection: Connection, row: tuple[Any, ...]) -> None:
    """Write id, name, what is shown, what is sealed, severities and whether it is enabled.

    Raises:
        Conflict: the name is taken.
    """
    await _named(connection, _SQL["update_channel"], row)


async def delete(connection: Connection, channel: UUID) -> None:
    """Delete a channel with what was sent to it."""
    await connection.execute(_SQL["delete_channel"], channel)


async def list_wanting(connection: Connection, severity: str) -> list[Any]:
    """Return id, kind and sealed address of those who want to know of a severity."""
    return list(await connection.fetch(_SQL["list_wanting"], severity))


async def enqueue(connection: Connection, message: UUID, channel: UUID, body: bytes) -> None:
    """Queue a message; it is sent once that is committed."""
    await connection.execute(_SQL["enqueue"], message, channel, body)


async def take_due(pool: Pool, most: int, seconds: float) -> list[Any]:
    """Take messages that are due, for so many seconds."""
    return await pool.fetch(_SQL["take_due"], most, seconds)


async def delivered(pool: Pool, message: UUID, status: int) -> None:
    """Write that a message was taken."""
    await pool.fetch(_SQL["delivered"], message, status)


async def missed(
    pool: Pool, message: UUID, status: int | None, problem: str, due_at: datetime | None
) -> None:
    """Write why it was not taken, and when the next attempt is, None for never."""
    await pool.fetch(_SQL["missed"], message, status, problem, due_at)


async def forget(pool: Pool) -> None:
    """Delete what is over and older than a week."""
    await pool.fetch(_SQL["forget_notifications"])


async def _named(connection: Connection, statement: str, row: tuple[Any, ...]) -> None:
    try:
        await connection.execute(statement, *row)
    except asyncpg.UniqueViolationError as error:
        raise Conflict("there is a channel of this name") from error
