"""The statements of invitations."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from groundplan_backend.identity.repository import Id, Reader
from groundplan_backend.postgres import queries

_SQL: Final = queries.load(__file__)


async def has_user(connection: Reader, email: str) -> bool:
    """Whether the address belongs to somebody."""
    return bool(await connection.fetch(_SQL["has_user"], email))


async def insert(
    connection: Reader, who: tuple[Id, str, str], digest: bytes, by: Id, seconds: float
) -> Any:
    """Add an invitation (id, address, role); older ones to the address are withdrawn."""
    invitation, email, role = who
    await connection.fetch(_SQL["revoke_open"], email)
    return await connection.fetchrow(_SQL["insert"], invitation, email, role, digest, by, seconds)


async def renew(connection: Reader, invitation: Id, digest: bytes, by: Id, seconds: float) -> Any:
    """Give an invitation another link, sent by somebody; None when it is accepted or withdrawn."""
    return await connection.fetchrow(_SQL["renew"], invitation, digest, seconds, by)


async def revoke(connection: Reader, invitation: Id) -> bool:
    """Withdraw an invitation; False when it is accepted or withdrawn already."""
    return bool(await connection.fetchrow(_SQL["revoke"], invitation))


async def exists(connection: Reader, invitation: Id) -> bool:
    """Whether there is such an invitation, ended or not."""
    return bool(await connection.fetch(_SQL["read"], invitation))


async def list_invitations(
    connection: Reader, after: tuple[datetime, UUID] | None, limit: int
) -> list[Any]:
    """Return invitations, latest first."""
    at, invitation = after or (None, None)
    return await connection.fetch(_SQL["list"], at, invitation, limit)


async def is_open(connection: Reader, digest: bytes) -> bool:
    """Whether a link works still."""
    return bool(await connection.fetch(_SQL["is_open"], digest))


async def accept(connection: Reader, digest: bytes) -> Any:
    """Use a link and return (id, email, role), or None when it works no more."""
    return await connection.fetchrow(_SQL["accept"], digest)


async def forget(connection: Reader) -> None:
    """Delete what is older than three months."""
    await connection.fetch(_SQL["forget"])
