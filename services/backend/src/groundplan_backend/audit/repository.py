"""The statements of the audit record."""

from typing import Final

from groundplan_backend.postgres import queries
from groundplan_backend.postgres.pool import Connection

_SQL: Final = queries.load(__file__)


async def insert(
    connection: Connection, what: tuple[str, str, str, str], whence: tuple[str, str]
) -> None:
    """Add one event: actor, action, target and detail (JSON); address and request id."""
    await connection.execute(_SQL["insert"], *what, *whence)
