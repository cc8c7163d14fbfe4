"""The statements of sign-ins at a provider."""

from typing import Any, Final

from groundplan_backend.identity.repository import Id, Reader
from groundplan_backend.postgres import queries

_SQL: Final = queries.load(__file__)


async def insert_sign_in(
    connection: Reader, digest: bytes, sealed: bytes, user: Id | None, seconds: float
) -> None:
    """Note that a browser sets out; `user` is who shall be linked, None is a sign-in."""
    await connection.fetch(_SQL["insert_sign_in"], digest, sealed, user, seconds)


async def take_sign_in(connection: Reader, digest: bytes) -> Any:
    """Return (sealed, user_id) of who set out with this state, once; None when late."""
    row = await connection.fetchrow(_SQL["take_sign_in"], digest)
    return row if row is not None and row["in_time"] else None


async def insert_link(
    connection: Reader, issuer: str, subject: str, user: Id, email: str | None
) -> bool:
    """Link a person; False when either side has a link already."""
    return bool(await connection.fetchrow(_SQL["insert_link"], issuer, subject, user, email))


async def linked_user(connection: Reader, issuer: str, subject: str) -> Any:
    """Return the id of who is linked and may sign in, or None."""
    row = await connection.fetchrow(_SQL["linked_user"], issuer, subject)
    return row["id"] if row else None


async def list_links(connection: Reader, user: Id) -> list[Any]:
    """Return the links of a person."""
    return await connection.fetch(_SQL["list_links"], user)


async def delete_link(connection: Reader, user: Id, issuer: str) -> str | None:
    """Unlink a person and return who he was there; None when he was not linked."""
    row = await connection.fetchrow(_SQL["delete_link"], user, issuer)
    return row["subject"] if row else None


async def forget(connection: Reader) -> None:
    """Delete sign-ins that nobody came back from."""
    await connection.fetch(_SQL["forget"])
