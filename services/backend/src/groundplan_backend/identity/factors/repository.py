"""The statements of factors: what there is, what was used, what was guessed and what is proven."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from groundplan_backend.identity.repository import Id, Reader
from groundplan_backend.postgres import queries

_SQL: Final = queries.load(__file__)


async def list_factors(connection: Reader, user: Id) -> list[Any]:
    """Return a user's factors, oldest first, without their secrets."""
    return await connection.fetch(_SQL["list_factors"], user)


async def kinds(connection: Reader, user: Id) -> set[str]:
    """Return what kinds of factor a user has."""
    return {row["kind"] for row in await connection.fetch(_SQL["kinds"], user)}


async def secrets(connection: Reader, user: Id) -> list[Any]:
    """Return a user's code generators with their sealed secrets."""
    return await connection.fetch(_SQL["secrets"], user)


async def passkeys(connection: Reader, user: Id) -> list[Any]:
    """Return a user's passkeys with their sealed public keys."""
    return await connection.fetch(_SQL["passkeys"], user)


async def insert_code_generator(
    connection: Reader, factor: Id, user: Id, name: str, sealed: bytes, step: int
) -> Any:
    """Add a code generator whose code of `step` was taken; None when it is there already."""
    return await connection.fetchrow(
        _SQL["insert_factor"], factor, user, "totp", name, sealed, None, [], step
    )


async def insert_passkey(
    connection: Reader,
    factor: Id,
    user: Id,
    name: str,
    sealed: bytes,
    credential: bytes,
    transports: list[str],
    counter: int,
) -> Any:
    """Add a passkey; None when it is somebody's already."""
    return await connection.fetchrow(
        _SQL["insert_factor"],
        factor,
        user,
        "passkey",
        name,
        sealed,
        credential,
        transports,
        counter,
    )


async def use_code(connection: Reader, factor: Id, step: int) -> bool:
    """Take the code of a time step; False when it, or a later one, was taken before."""
    return bool(await connection.fetchrow(_SQL["use_code"], factor, step))


async def use_passkey(connection: Reader, factor: Id, counter: int) -> bool:
    """Note a passkey's use; False when its count does not go on."""
    return bool(await connection.fetchrow(_SQL["use_passkey"], factor, counter))


async def rename_factor(connection: Reader, factor: Id, user: Id, name: str) -> Any:
    """Rename a factor; None when the user has no such factor."""
    return await connection.fetchrow(_SQL["rename_factor"], factor, user, name)


async def delete_factor(connection: Reader, factor: Id, user: Id) -> Any:
    """Delete a factor and return what it was; None when the user has no such factor."""
    return await connection.fetchrow(_SQL["delete_factor"], factor, user)


async def delete_factors(connection: Reader, user: Id) -> None:
    """Delete all factors of a user, and the recovery codes with them."""
    await connection.fetch(_SQL["delete_factors"], user)
    await connection.fetch(_SQL["delete_recovery_codes"], user)


async def count_recovery_codes(connection: Reader, user: Id) -> int:
    """Return how many recovery codes a user has left."""
    return int((await connection.fetchrow(_SQL["count_recovery_codes"], user))["left"])


async def replace_recovery_codes(connection: Reader, user: Id, digests: list[bytes]) -> None:
    """Let these codes be good, and none from before."""
    await connection.fetch(_SQL["delete_recovery_codes"], user)
    await connection.fetch(_SQL["insert_recovery_codes"], user, digests)


async def use_recovery_code(connection: Reader, user: Id, digest: bytes) -> bool:
    """Use a recovery code up; False when the user has no such code."""
    return bool(await connection.fetchrow(_SQL["use_recovery_code"], user, digest))


async def reserve_guess(connection: Reader, user: Id, lock_after: int, lock_for: int) -> bool:
    """Count a guess before it is looked at; False while the account is locked."""
    return bool(await connection.fetchrow(_SQL["reserve_guess"], user, lock_after, lock_for))


async def locked_for(connection: Reader, user: Id) -> int:
    """Return for how many seconds more codes are refused."""
    row = await connection.fetchrow(_SQL["locked_for"], user)
    return max(1, row["seconds"] or 1) if row else 1


async def clear_guesses(connection: Reader, user: Id) -> None:
    """Forget the wrong codes of a user."""
    await connection.fetch(_SQL["clear_guesses"], user)


async def spend(connection: Reader, challenge: UUID, expires_at: datetime) -> bool:
    """Use a challenge up; False when it was used before."""
    return bool(await connection.fetchrow(_SQL["spend"], challenge, expires_at))


async def is_proven(connection: Reader, session: UUID, seconds: int) -> bool:
    """Say whether a session was proven within so many seconds."""
    row = await connection.fetchrow(_SQL["is_proven"], session, seconds)
    return bool(row and row["proven"])


async def prove_session(connection: Reader, session: Id, user: Id) -> datetime | None:
    """Note that a session was proven now; None when it has ended."""
    row = await connection.fetchrow(_SQL["prove_session"], session, user)
    return row["verified_at"] if row else None


async def forget(connection: Reader) -> None:
    """Delete what was spent or guessed long ago."""
    await connection.fetch(_SQL["forget_challenges"])
    await connection.fetch(_SQL["forget_guesses"])
