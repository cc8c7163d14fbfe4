"""The statements of changes and resets of passwords."""

from typing import Any, Final

from groundplan_backend.identity.repository import Id, Reader
from groundplan_backend.postgres import queries

_SQL: Final = queries.load(__file__)


async def user(connection: Reader, user: Id) -> Any:
    """Return a person with the password's hash, or None."""
    return await connection.fetchrow(_SQL["user"], user)


async def set_password(connection: Reader, user: Id, old: str, new: str) -> bool:
    """Replace the hash; False when it is another one meanwhile."""
    return bool(await connection.fetchrow(_SQL["set_password"], user, old, new))


async def insert_request(
    connection: Reader, request: Id, email: str, whence: tuple[str, str]
) -> None:
    """Note that somebody asks for a reset; `whence` is address and request id."""
    await connection.fetch(_SQL["insert_request"], request, email, *whence)


async def take_request(connection: Reader) -> Any:
    """Return a request that is new and lock it until the transaction ends, or None."""
    return await connection.fetchrow(_SQL["take_request"])


async def handled(connection: Reader, request: Id) -> None:
    """Note that a request was looked at."""
    await connection.fetch(_SQL["handled"], request)


async def recent(connection: Reader, user: Id) -> int:
    """Return how many links a user was sent within the hour."""
    return int((await connection.fetchrow(_SQL["recent"], user))["mails"])


async def insert_reset(connection: Reader, digest: bytes, user: Id, seconds: float) -> None:
    """Add a link."""
    await connection.fetch(_SQL["insert_reset"], digest, user, seconds)


async def is_open(connection: Reader, digest: bytes) -> Any:
    """Return whose link it is (user_id, email), or None when it works no more."""
    return await connection.fetchrow(_SQL["is_open"], digest)


async def use(connection: Reader, digest: bytes) -> Any:
    """Use a link and return whose it is, or None when it works no more."""
    row = await connection.fetchrow(_SQL["use"], digest)
    return row["user_id"] if row else None


async def lock_user(connection: Reader, user: Id) -> Any:
    """Keep a person as he is until the transaction ends; None when unknown."""
    return await connection.fetchrow(_SQL["lock_user"], user)


async def replace_password(connection: Reader, user: Id, password: str) -> None:
    """Set the hash and end every link of the user."""
    await connection.fetch(_SQL["replace_password"], user, password)
    await connection.fetch(_SQL["end_resets"], user)


async def forget(connection: Reader) -> None:
    """Delete requests and links of days past."""
    await connection.fetch(_SQL["forget_requests"])
    await connection.fetch(_SQL["forget_resets"])
