"""PostgreSQL's data folder: made once, whole or not at all, and the services' accounts in it."""

import asyncio
import contextlib
import os
import shutil
import ssl
from collections.abc import Sequence
from pathlib import Path

from groundplan.errors import NotReadyError
from groundplan.model.folders import Folders
from groundplan.model.process import Account
from groundplan.runner import command, identity
from groundplan.runner.port import HOST
from groundplan.targets.local import Secrets
from groundplan.targets.local.secret import OWNER
from groundplan.tools.found import Found


def made_by(folders: Folders) -> int | None:
    """Return the major version that made the data, or None where there is none."""
    try:
        return int(Path(folders.database, "PG_VERSION").read_text().split(".")[0])
    except (OSError, ValueError):
        return None


async def make(folders: Folders, postgres: Found, password_file: Path) -> None:
    """Make the data folder: beside its place, written through to the disk, then moved there.

    Raises:
        ToolError: initdb failed.
    """
    if made_by(folders) is not None:
        return
    unfinished = Path(folders.data, "postgres.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    given = [str(unfinished), str(password_file)]
    initdb = str(postgres.path.with_name("initdb"))
    await command.run(
        command.unprivileged(
            [
                *(initdb, "--pgdata", str(unfinished), "--username", OWNER),
                *("--pwfile", str(password_file), "--auth", "scram-sha-256"),
                *("--encoding", "UTF8", "--no-locale", "--data-checksums"),
                *("--no-sync", "--no-instructions"),
            ],
            folders.data,
            given,
        ),
        directory=folders.data,
    )
    sync = [initdb, "--sync-only", "--pgdata", str(unfinished)]
    sync = command.unprivileged(sync, folders.data, given)
    await command.run(sync, directory=folders.data)
    os.replace(unfinished, folders.database)


def clear_stale_lock(folders: Folders) -> None:
    """Remove the pid file of a server that is gone, whose number another process may have."""
    path = Path(folders.database, "postmaster.pid")
    with contextlib.suppress(OSError, ValueError, IndexError):
        pid = int(path.read_text().splitlines()[0])
        if identity.of(pid) is None or not _is_postgres(pid):
            path.unlink()


def _is_postgres(pid: int) -> bool:
    import psutil

    try:
        return "postgres" in psutil.Process(pid).name()
    except psutil.Error:
        return False


async def provide(
    accounts: Sequence[Account],
    secrets: Secrets,
    port: int,
    password: str,
    encryption: ssl.SSLContext | None = None,
) -> None:
    """Make the role and the database of every account, or bring them up to date.

    Raises:
        NotReadyError: the database refuses.
    """
    import asyncpg

    try:
        connection = await asyncpg.connect(
            host=HOST,
            port=port,
            user=OWNER,
            password=password,
            database="postgres",
            timeout=10,
            ssl=encryption or False,
        )
    except (OSError, asyncpg.PostgresError, TimeoutError) as error:
        raise NotReadyError(f"the database cannot be reached: {error}") from None
    try:
        await connection.execute("SET log_min_duration_statement = -1")
        for account in accounts:
            await _provide(connection, account, secrets.account_passwords[account.name])
    except asyncpg.PostgresError as error:
        raise NotReadyError(f"accounts cannot be made: {error}") from None
    finally:
        with contextlib.suppress(OSError, asyncpg.PostgresError, asyncio.TimeoutError):
            await connection.close(timeout=2)


async def _provide(connection: "asyncpg.Connection", account: Account, password: str) -> None:  # type: ignore[name-defined]  # noqa: F821
    name = account.name.replace("-", "_")
    role = await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", name)
    await connection.execute(
        f'{"ALTER" if role else "CREATE"} ROLE "{name}" LOGIN NOSUPERUSER NOCREATEDB '
        f"NOCREATEROLE CONNECTION LIMIT {account.connections} PASSWORD '{password}'"
    )
    limit = f"{int(account.statement_timeout * 1000)}ms"
    await connection.execute(f"ALTER ROLE \"{name}\" SET statement_timeout = '{limit}'")
    if account.is_watcher:
        await connection.execute(f'GRANT pg_monitor TO "{name}"')
        return
    known = await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name)
    if not known:
        await connection.execute(f'CREATE DATABASE "{name}" OWNER "{name}"')
        await connection.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
