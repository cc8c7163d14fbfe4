"""A real PostgreSQL: its data is made whole, its accounts are kept apart and up to date."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from groundplan.errors import ToolError
from groundplan.model.folders import Folders
from groundplan.model.process import Account
from groundplan.runner import cluster, command, folders, process, secret
from groundplan.targets.local import Secrets
from groundplan.tools import postgres

ACCOUNTS = (
    Account("backend", 5, 5.0),
    Account("notes-app", 2, 1.0),
    Account("telemetry", 2, 1.0, is_watcher=True),
)


@pytest.fixture
async def made(tmp_path: Path) -> Folders:
    """Return a data folder with PostgreSQL's files in it."""
    found = folders.locate(tmp_path / "data", tmp_path)
    folders.make(found)
    secret.owner_password(found)
    password = Path(found.secrets) / "database-owner-password"
    await cluster.make(found, postgres.find(15), password)
    return found


@pytest.fixture
async def server(made: Folders) -> AsyncIterator[int]:
    """Run the server on a free port; return the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [str(postgres.find(15).path), "-D", made.database, "-p", str(port)]
    words += ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]
    settings = command.environment(made.data)
    running = process.start(
        process.Command(
            command.unprivileged(words, made.data),
            settings,
            made.data,
            Path(made.logs, "postgres.log"),
        )
    )
    yield port
    await running.stop(signal.SIGQUIT, 5)


async def _provide(made: Folders, port: int, passwords: dict[str, str]) -> None:
    secrets = Secrets("", "", "", {"telemetry": "three", **passwords})
    async with asyncio.timeout(20):
        while True:
            with contextlib.suppress(Exception):
                await cluster.provide(ACCOUNTS, secrets, port, secret.owner_password(made))
                return
            await asyncio.sleep(0.1)


async def _connect(port: int, name: str, password: str, database: str) -> asyncpg.Connection:
    return await asyncpg.connect(
        host="127.0.0.1", port=port, user=name, password=password, database=database
    )


async def test_each_service_gets_a_database_of_its_own(made, server):
    """A role owns its database, is bounded in time, and may not enter another's."""
    await _provide(made, server, {"backend": "one", "notes-app": "two"})
    own = await _connect(server, "notes_app", "two", "notes_app")
    assert "1s" == await own.fetchval("SHOW statement_timeout")
    assert "on" == await own.fetchval("SHOW data_checksums")
    await own.execute("CREATE TABLE kept (id int)")
    await own.close()
    with pytest.raises(asyncpg.PostgresError):
        await _connect(server, "notes_app", "two", "backend")


async def test_a_watcher_sees_figures_and_no_data(made, server):
    """It reads what the server tells of itself, has no database, and enters nobody's."""
    await _provide(made, server, {"backend": "one", "notes-app": "two"})
    watcher = await _connect(server, "telemetry", "three", "postgres")
    assert await watcher.fetchval("SELECT count(*) FROM pg_stat_activity WHERE query <> ''")
    assert not await watcher.fetchval("SELECT 1 FROM pg_database WHERE datname = 'telemetry'")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await watcher.execute("CREATE TABLE kept (id int)")
    await watcher.close()
    with pytest.raises(asyncpg.PostgresError):
        await _connect(server, "telemetry", "three", "backend")


async def test_a_second_time_changes_only_what_must_change(made, server):
    """Accounts that are there stay with their data, and take a new password."""
    await _provide(made, server, {"backend": "one", "notes-app": "two"})
    own = await _connect(server, "backend", "one", "backend")
    await own.execute("CREATE TABLE kept (id int)")
    await own.close()
    await _provide(made, server, {"backend": "changed", "notes-app": "two"})
    own = await _connect(server, "backend", "changed", "backend")
    assert 0 == await own.fetchval("SELECT count(*) FROM kept")
    await own.close()


async def test_nothing_half_made_is_taken_for_data(tmp_path):
    """What an interrupted start left is thrown away, and the data is made anew."""
    found = folders.locate(tmp_path / "data", tmp_path)
    folders.make(found)
    (Path(found.data) / "postgres.unfinished" / "base").mkdir(parents=True)
    with pytest.raises(ToolError, match="initdb failed"):
        await cluster.make(found, postgres.find(15), tmp_path / "no-such-password-file")
    assert cluster.made_by(found) is None
    secret.owner_password(found)
    await cluster.make(found, postgres.find(15), Path(found.secrets) / "database-owner-password")
    assert cluster.made_by(found) is not None
    assert not (Path(found.data) / "postgres.unfinished").exists()


async def test_a_stale_pid_file_is_removed_and_a_living_one_is_not(made, server):
    """A number that now belongs to a stranger must not keep the database down."""
    path = Path(made.database, "postmaster.pid")
    async with asyncio.timeout(10):
        while not path.exists():
            await asyncio.sleep(0.05)
    cluster.clear_stale_lock(made)
    assert path.exists()
    copy = Folders(str(Path(made.data, "copy")), made.run, made.source)
    Path(copy.database).mkdir(parents=True)
    Path(copy.database, "postmaster.pid").write_text("1\n")
    cluster.clear_stale_lock(copy)
    assert not Path(copy.database, "postmaster.pid").exists()
