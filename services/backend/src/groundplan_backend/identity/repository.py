"""The statements of identity: users, attempts, sessions, refresh tokens and signing keys."""

from datetime import datetime
from typing import Any, Final, Protocol
from uuid import UUID

from groundplan_backend.postgres import queries

_SQL: Final = queries.load(__file__)

Id = UUID | str


class Reader(Protocol):
    """A pool, or a connection inside a transaction."""

    async def fetch(self, statement: str, *arguments: object) -> list[Any]:
        """Return all rows."""

    async def fetchrow(self, statement: str, *arguments: object) -> Any:
        """Return the first row, or None."""


async def reserve_attempt(
    connection: Reader, email: str, lock_after: int, lock_for: int
) -> int | None:
    """Count a try before it is made; None while the address is locked."""
    row = await connection.fetchrow(_SQL["reserve_attempt"], email, lock_after, lock_for)
    return row["failures"] if row else None


async def locked_for(connection: Reader, email: str) -> int:
    """Return for how many seconds more the address is locked."""
    row = await connection.fetchrow(_SQL["locked_for"], email)
    return max(1, row["seconds"] or 1) if row else 1


async def clear_attempts(connection: Reader, email: str) -> None:
    """Forget the failures of an address."""
    await connection.fetch(_SQL["clear_attempts"], email)


async def user_by_email(connection: Reader, email: str) -> Any:
    """Return a user with the password's hash, or None."""
    return await connection.fetchrow(_SQL["user_by_email"], email)


async def user_by_id(connection: Reader, user: Id) -> Any:
    """Return a user, or None."""
    return await connection.fetchrow(_SQL["user_by_id"], user)


async def user_to_admit(connection: Reader, user: Id) -> Any:
    """Return a user, with his factors' kinds, who stays as he is until the transaction ends."""
    return await connection.fetchrow(_SQL["user_to_admit"], user)


async def lock_user(connection: Reader, user: Id) -> None:
    """Let nobody sign in as the user until the transaction ends."""
    await connection.fetchrow(_SQL["lock_user"], user)


async def list_users(connection: Reader, after: str, limit: int) -> list[Any]:
    """Return users by e-mail address."""
    return await connection.fetch(_SQL["list_users"], after, limit)


async def insert_user(connection: Reader, user: Id, email: str, password: str, role: str) -> Any:
    """Add a user; None when the address is taken."""
    return await connection.fetchrow(_SQL["insert_user"], user, email, password, role)


async def update_user(
    connection: Reader, user: Id, role: str | None, disabled: bool | None, password: str | None
) -> Any:
    """Change what is not None; None when there is no such user."""
    return await connection.fetchrow(_SQL["update_user"], user, role, disabled, password)


async def set_password(connection: Reader, user: Id, password: str) -> None:
    """Replace a hash by a stronger one of the same password."""
    await connection.fetch(_SQL["set_password"], user, password)


async def delete_user(connection: Reader, user: Id) -> str | None:
    """Delete a user with sessions and tokens and return the address; None when unknown."""
    row = await connection.fetchrow(_SQL["delete_user"], user)
    return row["email"] if row else None


async def insert_first_administrator(
    connection: Reader, user: Id, email: str, password: str
) -> None:
    """Add an administrator if nobody is there."""
    await connection.fetch(_SQL["insert_first_administrator"], user, email, password)


async def insert_session(
    connection: Reader, session: Id, user: Id, expires_at: datetime, how: tuple[str, str, str]
) -> None:
    """Add a session; `how` is the method, the address and the agent of the sign-in."""
    await connection.fetch(_SQL["insert_session"], session, user, expires_at, *how)


async def insert_refresh_token(
    connection: Reader, digest: bytes, session: Id, predecessor: bytes | None
) -> None:
    """Add a token to a session's family."""
    await connection.fetch(_SQL["insert_refresh_token"], digest, session, predecessor)


async def session_of_token(connection: Reader, digest: bytes) -> Any:
    """Lock and return the session that a token belongs to, with its user; None when unknown."""
    return await connection.fetchrow(_SQL["session_of_token"], digest)


async def token_state(connection: Reader, digest: bytes) -> Any:
    """Return (spent_at, now, is_previous) of a token whose session is locked."""
    return await connection.fetchrow(_SQL["token_state"], digest)


async def spend_token(connection: Reader, digest: bytes) -> None:
    """Mark a token as used."""
    await connection.fetch(_SQL["spend_token"], digest)


async def touch_session(connection: Reader, session: Id) -> None:
    """Note that the session was seen now."""
    await connection.fetch(_SQL["touch_session"], session)


async def end_session(connection: Reader, user: Id, session: Id) -> bool:
    """End one session of a user; False when there is none to end."""
    return bool(await connection.fetchrow(_SQL["end_session"], session, user))


async def end_sessions(connection: Reader, user: Id) -> list[str]:
    """End all sessions of a user and return their ids."""
    return [str(row["id"]) for row in await connection.fetch(_SQL["end_sessions"], user)]


async def list_sessions(connection: Reader, user: Id, idle: int) -> list[Any]:
    """Return the sessions of a user that have not ended, latest first, at most 100."""
    return await connection.fetch(_SQL["list_sessions"], user, float(idle))


async def lock_keys(connection: Reader) -> bool:
    """Try to be the one who rotates keys, until the transaction ends."""
    return bool((await connection.fetchrow(_SQL["lock_keys"]))["held"])


async def list_keys(connection: Reader) -> list[Any]:
    """Return all signing keys, sealed, by the time they sign from."""
    return await connection.fetch(_SQL["list_keys"])


async def insert_key(connection: Reader, kid: str, sealed: bytes, signs_from: datetime) -> None:
    """Add a signing key."""
    await connection.fetch(_SQL["insert_key"], kid, sealed, signs_from)


async def delete_keys(connection: Reader, kids: list[str]) -> None:
    """Delete keys that no valid token was signed with."""
    await connection.fetch(_SQL["delete_keys"], kids)


async def forget(connection: Reader) -> None:
    """Delete sessions and attempts that are long over."""
    await connection.fetch(_SQL["forget_sessions"])
    await connection.fetch(_SQL["forget_attempts"])
