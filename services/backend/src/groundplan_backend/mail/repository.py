"""The statements of the outbox."""

from typing import Any, Final
from uuid import UUID

from groundplan_backend.postgres import queries
from groundplan_backend.postgres.pool import Connection, Pool

_SQL: Final = queries.load(__file__)


async def insert(connection: Connection, mail: UUID, sealed: bytes) -> None:
    """Add a mail to be sent."""
    await connection.execute(_SQL["insert"], mail, sealed)


async def take(connection: Connection) -> Any:
    """Return a mail that is due and lock it until the transaction ends, or None."""
    return await connection.fetchrow(_SQL["take"])


async def sent(connection: Connection, mail: UUID) -> None:
    """Note that a mail is sent, and forget what it said."""
    await connection.execute(_SQL["sent"], mail)


async def failed(connection: Connection, mail: UUID, wait: float, *, give_up: bool) -> None:
    """Note a failure; the next try comes in `wait` seconds, or never."""
    await connection.execute(_SQL["failed"], mail, wait, give_up)


async def forget(pool: Pool) -> None:
    """Delete what is older than a week."""
    await pool.fetch(_SQL["forget"])
