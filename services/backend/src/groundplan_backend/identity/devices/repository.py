"""The statements of devices."""

from typing import Final

from groundplan_backend.identity.repository import Id, Reader
from groundplan_backend.postgres import queries

_SQL: Final = queries.load(__file__)


async def exists(connection: Reader, user: Id) -> bool:
    """Whether there is such a person."""
    return bool(await connection.fetch(_SQL["exists"], user))


async def end_others(connection: Reader, user: Id, session: Id) -> list[str]:
    """End all sessions of a user but one and return their ids."""
    return [str(row["id"]) for row in await connection.fetch(_SQL["end_others"], user, session)]
