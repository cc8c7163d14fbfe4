"""Makes the accounts of services in a PostgreSQL server: a role each, and the database it owns.

Run before a release, with the server's administrator: not a superuser where AWS runs the server,
so nothing here needs one. It can be run again at any time, brings what is there up to date, and
one process works at a time. Passwords leave this process only as SCRAM verifiers, which no
log of statements gives away.
"""

import base64
import hashlib
import hmac
import secrets
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec

from groundplan_backend.postgres import ownership
from groundplan_backend.postgres.migrate import connect
from groundplan_backend.settings import Secret, SettingsError

_LOCK: Final = 0x6163636F756E74  # any number that nobody else takes
_ROUNDS: Final = 4096  # PostgreSQL's own choice; the passwords are random
_NAME: Final = r"^[a-z][a-z0-9_]{0,62}$"


class Account(msgspec.Struct, forbid_unknown_fields=True):
    """A role and its database, both of that name."""

    name: Annotated[str, msgspec.Meta(pattern=_NAME)]
    connections: Annotated[int, msgspec.Meta(ge=1)]
    """The most that it may open."""
    statement_timeout_ms: Annotated[int, msgspec.Meta(ge=1)]
    password_file: str
    audit: bool = False
    """Whether its database holds an audit record, which it must not be able to change."""
    monitors: bool = False
    """Whether it may read the server's figures, of all databases; never what they hold."""


async def provide(url: Secret, file: Path) -> list[str]:
    """Make or update every account that `file` (JSON) lists; return their names.

    Raises:
        SettingsError: the file, or that of a password, cannot be read or is not of that shape.
    """
    wanted = [(account, _password(account)) for account in _accounts(file)]
    connection = await connect(url)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
        for account, password in wanted:
            await _provide(connection, account, password)
            if account.monitors:
                await connection.execute(f'GRANT pg_monitor TO "{account.name}"')
            if account.audit:
                await _protect(connection, url, account.name)
    finally:
        await connection.close()
    return [account.name for account, _ in wanted]


def verifier(password: str, salt: bytes) -> str:
    """Return what PostgreSQL stores of a password (RFC 5803), made here instead of there."""
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, _ROUNDS)
    client = hmac.digest(salted, b"Client Key", "sha256")
    server = hmac.digest(salted, b"Server Key", "sha256")
    stored = hashlib.sha256(client).digest()
    parts = (base64.b64encode(part).decode() for part in (salt, stored, server))
    return "SCRAM-SHA-256${}:{}${}:{}".format(_ROUNDS, *parts)


def _accounts(file: Path) -> list[Account]:
    try:
        return msgspec.json.decode(file.read_bytes(), type=list[Account])
    except OSError as error:
        raise SettingsError(f"ACCOUNTS_FILE: {file} cannot be read: {error.strerror}") from error
    except msgspec.DecodeError as error:
        raise SettingsError(f"ACCOUNTS_FILE: {error}") from error


def _password(account: Account) -> str:
    file = account.password_file
    try:
        password = Path(file).read_text().strip()
    except OSError as error:
        reason = f"{file} cannot be read: {error.strerror}"
        raise SettingsError(f"ACCOUNTS_FILE: the password of {account.name}: {reason}") from error
    if not password:
        raise SettingsError(f"ACCOUNTS_FILE: the password of {account.name}: {file} is empty")
    return password


async def _provide(connection: Any, account: Account, password: str) -> None:
    name, known = account.name, "SELECT 1 FROM pg_roles WHERE rolname = $1"
    is_new = await connection.fetchval(known, name) is None
    secret = verifier(password, secrets.token_bytes(16))
    await connection.execute(
        f'{"CREATE" if is_new else "ALTER"} ROLE "{name}" LOGIN NOCREATEDB NOCREATEROLE '
        f"CONNECTION LIMIT {account.connections} PASSWORD '{secret}'"
    )
    limit = account.statement_timeout_ms
    await connection.execute(f"ALTER ROLE \"{name}\" SET statement_timeout = '{limit}ms'")
    await _provide_database(connection, name)


async def _provide_database(connection: Any, name: str) -> None:
    """Make a database that only its owner may enter; to give it away one must be a member."""
    known = "SELECT 1 FROM pg_database WHERE datname = $1"
    await connection.execute(f'GRANT "{name}" TO CURRENT_USER')
    if await connection.fetchval(known, name) is None:
        await connection.execute(f'CREATE DATABASE "{name}" OWNER "{name}"')
    await connection.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
    await connection.execute(f'REVOKE "{name}" FROM CURRENT_USER')


async def _protect(connection: Any, url: Secret, name: str) -> None:
    """Enter the database for as long as it takes to own the audit record by another role."""
    await connection.execute(f'GRANT "{name}" TO CURRENT_USER')
    try:
        await ownership.protect(url, name)
    finally:
        await connection.execute(f'REVOKE "{name}" FROM CURRENT_USER')
