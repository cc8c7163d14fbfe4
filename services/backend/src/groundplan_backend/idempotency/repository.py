"""The statements behind idempotency keys; a key belongs to one caller on one route."""

from typing import Any, Final

from groundplan_backend.postgres import queries
from groundplan_backend.postgres.pool import Connection, Pool

_SQL: Final = queries.load(__file__)

Name = tuple[str, str, str]


async def claim(connection: Connection, name: Name) -> Any:
    """Lock the key and return (taken, body_digest, body); the latter are None for a new key."""
    return await connection.fetchrow(_SQL["claim"], *name)


async def keep(connection: Connection, name: Name, digest: bytes, body: bytes) -> bool:
    """Keep an answer; False when somebody else kept one in between."""
    return bool(await connection.fetchval(_SQL["keep"], *name, digest, body))


async def forget(pool: Pool) -> None:
    """Delete what is older than a day."""
    await pool.fetch(_SQL["forget"])
