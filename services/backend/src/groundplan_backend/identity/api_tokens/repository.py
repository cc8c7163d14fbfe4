"""The statements of API tokens."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from groundplan_backend.identity.repository import Id, Reader
from groundplan_backend.postgres import queries

_SQL: Final = queries.load(__file__)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRow:
    """A token as it is stored."""

    id: UUID
    user_id: UUID
    name: str
    scopes: list[str]
    role: str
    kid: str
    created_by: Id | None
    created_at: datetime
    expires_at: datetime


async def owner(connection: Reader, user: Id) -> Any:
    """Return who shall own a token and stays as he is until the transaction ends, or None."""
    return await connection.fetchrow(_SQL["owner"], user)


async def kind_of(connection: Reader, user: Id) -> str | None:
    """Return `person` or `service`, or None when there is no such user."""
    row = await connection.fetchrow(_SQL["kind_of"], user)
    return row["kind"] if row else None


async def count_live(connection: Reader, user: Id) -> int:
    """Return how many live tokens somebody has."""
    return int((await connection.fetchrow(_SQL["count_live"], user))["live"])


async def insert(connection: Reader, row: TokenRow) -> None:
    """Add a token."""
    await connection.fetch(
        _SQL["insert"],
        row.id,
        row.user_id,
        row.name,
        row.scopes,
        row.role,
        row.kid,
        row.created_by,
        row.created_at,
        row.expires_at,
    )


async def read(connection: Reader, token: Id) -> Any:
    """Return a token with its owner's name, or None."""
    return await connection.fetchrow(_SQL["read"], token)


async def list_tokens(
    connection: Reader, user: Id, after: tuple[datetime, UUID] | None, limit: int
) -> list[Any]:
    """Return the tokens of somebody, latest first."""
    at, token = after or (None, None)
    return await connection.fetch(_SQL["list"], user, at, token, limit)


async def revoke(connection: Reader, user: Id, token: Id) -> bool:
    """Revoke a token of a user; False when there is none to revoke."""
    return bool(await connection.fetchrow(_SQL["revoke"], token, user))


async def revoke_all(connection: Reader, user: Id) -> list[str]:
    """Revoke all tokens of a user and return their ids."""
    return [str(row["id"]) for row in await connection.fetch(_SQL["revoke_all"], user)]


async def lock_live(connection: Reader, after: UUID, limit: int) -> list[Any]:
    """Return live tokens by id, which stay so until the transaction ends."""
    return await connection.fetch(_SQL["lock_live"], after, limit)


async def forget(connection: Reader) -> None:
    """Delete tokens that ended long ago."""
    await connection.fetch(_SQL["forget"])
