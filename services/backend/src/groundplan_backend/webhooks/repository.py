"""The statements of webhooks and of what is sent to them."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from groundplan_backend.postgres import queries
from groundplan_backend.postgres.pool import Connection, Pool

Place = tuple[datetime, UUID]

_SQL: Final = queries.load(__file__)


async def insert(
    connection: Connection, row: tuple[UUID, str, bytes, list[str], str | None, str]
) -> None:
    """Add a webhook: id, URL, sealed secret, types, environment and the user's id."""
    await connection.execute(_SQL["insert"], *row)


async def count(connection: Connection) -> int:
    """Count the webhooks."""
    return int(await connection.fetchval(_SQL["count"]))


async def read(connection: Connection, webhook: UUID) -> Any:
    """Return a webhook as it is shown, or None."""
    return await connection.fetchrow(_SQL["read"], webhook)


async def read_sealed(connection: Connection, webhook: UUID) -> bytes:
    """Return a webhook's sealed secret."""
    sealed: bytes = await connection.fetchval(_SQL["read_sealed"], webhook)
    return sealed


async def list_webhooks(pool: Pool, after: Place, limit: int) -> list[Any]:
    """Return webhooks, oldest first."""
    return await pool.fetch(_SQL["list"], *after, limit)


async def lock(connection: Connection, webhook: UUID) -> Any:
    """Return a webhook that stays as it is until the transaction ends, or None."""
    return await connection.fetchrow(_SQL["lock"], webhook)


async def update(
    connection: Connection, row: tuple[UUID, str, list[str], str | None, bool]
) -> None:
    """Write id, URL, types, environment and whether it is enabled."""
    await connection.execute(_SQL["update"], *row)


async def delete(connection: Connection, webhook: UUID) -> str | None:
    """Delete a webhook with its log and return its URL; None when there is none."""
    url: str | None = await connection.fetchval(_SQL["delete"], webhook)
    return url


async def enqueue(
    connection: Connection, event: int, kind: str, environment: str | None, body: bytes
) -> None:
    """Queue an event for every webhook that asked for it."""
    await connection.execute(_SQL["enqueue"], event, kind, environment, body)


async def ping(
    connection: Connection, delivery: UUID, webhook: UUID, kind: str, body: bytes
) -> Any:
    """Queue what is no event, and return it."""
    return await connection.fetchrow(_SQL["ping"], delivery, webhook, kind, body)


async def list_deliveries(pool: Pool, webhook: UUID, after: Place, limit: int) -> list[Any]:
    """Return what was sent to a webhook, latest first."""
    return await pool.fetch(_SQL["list_deliveries"], webhook, *after, limit)


async def resend(connection: Connection, webhook: UUID, delivery: UUID) -> Any:
    """Make a delivery due now and return it; None when there is none."""
    return await connection.fetchrow(_SQL["resend"], webhook, delivery)


async def take_due(pool: Pool, most: int, most_of_one: int, seconds: float) -> list[Any]:
    """Take deliveries that are due, for so many seconds."""
    return await pool.fetch(_SQL["take_due"], most, most_of_one, seconds)


async def delivered(pool: Pool, delivery: UUID, status: int) -> None:
    """Write that it was taken."""
    await pool.fetch(_SQL["delivered"], delivery, status)


async def missed(
    pool: Pool, delivery: UUID, status: int | None, problem: str, due_at: datetime | None
) -> None:
    """Write why it was not taken, and when the next attempt is, None for never."""
    await pool.fetch(_SQL["missed"], delivery, status, problem, due_at)


async def forget(pool: Pool) -> None:
    """Delete what is over and older than a week."""
    await pool.fetch(_SQL["forget"])
