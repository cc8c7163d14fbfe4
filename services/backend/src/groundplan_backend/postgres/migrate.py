"""Brings the database to this release: numbered SQL files, each applied once.

Every file runs in a transaction of its own together with its row in `migration`. An advisory
lock lets one process migrate at a time; the others wait and then find nothing to do. A release
that still runs is never held up for long: a migration waits `LOCK_TIMEOUT_MS` for a table, then
gives way and tries again.
"""

import asyncio
import hashlib
from pathlib import Path
from typing import Any, Final

import asyncpg

from groundplan_backend.settings import Secret

_FOLDER: Final = Path(__file__).with_name("migrations")
_LOCK: Final = 0x67726F756E64  # any number that nobody else takes
_WAIT_FOR_DATABASE: Final = 60.0
LOCK_TIMEOUT_MS: Final = 2000
"""Whoever waits for a table makes all wait who come after; less than a request's deadline."""
_WAIT_FOR_TABLES: Final = 60.0
_BETWEEN_TRIES: Final = 0.5


class MigrationError(Exception):
    """A migration that was applied before has been edited since."""


async def migrate(url: Secret) -> list[str]:
    """Apply what is missing, waiting up to a minute for PostgreSQL; return the names applied.

    Raises:
        MigrationError: an applied migration differs from its file.
    """
    connection = await connect(url)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
        return await _apply(connection)
    finally:
        await connection.close()


async def connect(url: Secret) -> Any:
    """Return a connection, waiting up to a minute for PostgreSQL."""
    deadline = asyncio.get_running_loop().time() + _WAIT_FOR_DATABASE
    while True:
        try:
            return await asyncpg.connect(url.reveal(), timeout=5)
        except (OSError, TimeoutError, asyncpg.CannotConnectNowError):
            if asyncio.get_running_loop().time() > deadline:
                raise
            await asyncio.sleep(0.1)


async def _apply(connection: Any) -> list[str]:
    await connection.execute(
        "CREATE TABLE IF NOT EXISTS migration ("
        " name text PRIMARY KEY, digest text NOT NULL,"
        " applied_at timestamptz NOT NULL DEFAULT now())"
    )
    rows = await connection.fetch("SELECT name, digest FROM migration")
    applied = {row["name"]: row["digest"] for row in rows}
    done: list[str] = []
    for file in sorted(_FOLDER.glob("[0-9]*.sql")):
        text = file.read_text(encoding="utf-8")
        digest = hashlib.sha256(text.encode()).hexdigest()
        if applied.get(file.stem, digest) != digest:
            raise MigrationError(f"{file.stem} was edited after it had been applied")
        if file.stem not in applied:
            await _run(connection, file.stem, text, digest)
            done.append(file.stem)
    return done


async def _run(connection: Any, name: str, text: str, digest: str) -> None:
    deadline = asyncio.get_running_loop().time() + _WAIT_FOR_TABLES
    while True:
        try:
            return await _try(connection, name, text, digest)
        except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError):
            if asyncio.get_running_loop().time() > deadline:
                raise
            await asyncio.sleep(_BETWEEN_TRIES)


async def _try(connection: Any, name: str, text: str, digest: str) -> None:
    async with connection.transaction():
        # Copying rows may outlast any request; what is waited for may not.
        await connection.execute("SET LOCAL statement_timeout = 0")
        await connection.execute(f"SET LOCAL lock_timeout = {LOCK_TIMEOUT_MS}")
        await connection.execute(text)
        await connection.execute(
            "INSERT INTO migration (name, digest) VALUES ($1, $2)", name, digest
        )
