"""Gives the schema of the audit record to a role of its own, that nobody can sign in as.

Run by the server's administrator, who need not be a superuser, before migrations. What the
backend's role is left with is adding rows and reading them; what it made itself in a database
from before is taken from it.
"""

from importlib import resources
from typing import Any, Final
from urllib.parse import urlsplit

import asyncpg

from groundplan_backend.settings import Secret

_LONGEST: Final = 63
_ENDING: Final = "_audit"
_TABLES: Final = ("event", "seal")


def keeper(account: str) -> str:
    """Return the role that owns the record of an account's database."""
    return account[: _LONGEST - len(_ENDING)] + _ENDING


def account_of(url: Secret) -> str:
    """Return the account that an address of a database signs in with."""
    return urlsplit(url.reveal()).username or ""


async def protect(administration: Secret, account: str) -> None:
    """Make, or take over, the audit record in the database of an account of that name."""
    connection = await asyncpg.connect(administration.reveal(), database=account, timeout=5)
    owner = keeper(account)
    try:
        async with connection.transaction():
            await connection.execute("SET LOCAL search_path = pg_catalog")
            await _make_role(connection, owner)
            await connection.execute(f'GRANT "{owner}" TO CURRENT_USER')
            await _own(connection, owner)
            await _grant(connection, account)
            await connection.execute(f'REVOKE "{owner}" FROM CURRENT_USER')
    finally:
        await connection.close()


async def _make_role(connection: Any, name: str) -> None:
    known = "SELECT 1 FROM pg_roles WHERE rolname = $1"
    if await connection.fetchval(known, name) is None:
        await connection.execute(f'CREATE ROLE "{name}" NOLOGIN')


async def _own(connection: Any, owner: str) -> None:
    if await connection.fetchval("SELECT to_regnamespace('audit')") is None:
        await connection.execute(f'CREATE SCHEMA audit AUTHORIZATION "{owner}"')
    else:
        await connection.execute(f'ALTER SCHEMA audit OWNER TO "{owner}"')
    is_new = await connection.fetchval("SELECT to_regclass('audit.event')") is None
    if is_new:
        await connection.execute(f'SET LOCAL ROLE "{owner}"')
        await connection.execute(_definition())
        await connection.execute("RESET ROLE")
        return
    for table in _TABLES:
        await connection.execute(f'ALTER TABLE audit.{table} OWNER TO "{owner}"')


async def _grant(connection: Any, account: str) -> None:
    tables = ", ".join(f"audit.{table}" for table in _TABLES)
    await connection.execute(f'REVOKE ALL ON SCHEMA audit FROM PUBLIC, "{account}"')
    await connection.execute(f'GRANT USAGE ON SCHEMA audit TO "{account}"')
    await connection.execute(f'REVOKE ALL ON {tables} FROM PUBLIC, "{account}"')
    await connection.execute(f'GRANT SELECT, INSERT ON {tables} TO "{account}"')


def _definition() -> str:
    folder = resources.files("groundplan_backend.postgres") / "migrations"
    return (folder / "0006_audit.sql").read_text(encoding="utf-8")
