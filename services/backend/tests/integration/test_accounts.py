"""Accounts are made in a real server, by an administrator who is no superuser, as on RDS."""

import json
import subprocess
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import asyncpg
import pytest


class _Accounts:
    """One account's file, and the command that reads it as an administrator of the server."""

    def __init__(self, stack: Any, folder: Path) -> None:
        self.stack, self.folder = stack, folder
        self.name = f"shop_{uuid.uuid4().hex[:8]}"
        self.administrator = f"admin_{uuid.uuid4().hex[:8]}"

    def url(self, user: str, database: str) -> str:
        """Return an address in the server."""
        return f"postgresql://{user}@127.0.0.1:{self.stack.postgres.port}/{database}"

    async def begin(self) -> None:
        """Make the administrator, who may make roles and databases and nothing else."""
        await self.stack.fetch(f"CREATE ROLE {self.administrator} LOGIN CREATEROLE CREATEDB")

    def run(self, password: str = "sesame", connections: int = 3, **more: Any) -> Any:
        """Run the command."""
        (self.folder / "password").write_text(f"{password}\n")
        account = {
            "name": self.name,
            "connections": connections,
            "statement_timeout_ms": 1234,
            "password_file": str(self.folder / "password"),
            **more,
        }
        (self.folder / "accounts.json").write_text(json.dumps([account]))
        self.stack.environment["ADMINISTRATION_URL"] = self.url(self.administrator, "postgres")
        self.stack.environment["ACCOUNTS_FILE"] = str(self.folder / "accounts.json")
        return self.stack.command("accounts")

    async def stored(self) -> dict[str, Any]:
        """Return what the server knows of the role."""
        fields = "rolpassword, rolconnlimit, rolsuper, rolcreatedb, rolcreaterole, rolconfig"
        rows = await self.stack.fetch(
            f"SELECT {fields} FROM pg_authid LEFT JOIN (SELECT setrole, setconfig AS rolconfig"
            " FROM pg_db_role_setting) s ON s.setrole = oid WHERE rolname = $1",
            self.name,
        )
        return dict(rows[0])


@pytest.fixture
async def made(stack: Any, tmp_path: Path) -> _Accounts:
    """An account that nobody has made yet."""
    found = _Accounts(stack, tmp_path)
    await found.begin()
    return found


async def test_an_account_owns_its_database_and_has_no_other_right(made: _Accounts) -> None:
    """The role is bounded, keeps no plain password, and others cannot enter its database."""
    ended = made.run()
    assert (0, f"accounts: {made.name}\n") == (ended.returncode, ended.stderr)
    stored = await made.stored()
    assert stored.pop("rolpassword").startswith("SCRAM-SHA-256$4096:")
    assert {
        "rolconnlimit": 3,
        "rolsuper": False,
        "rolcreatedb": False,
        "rolcreaterole": False,
        "rolconfig": ["statement_timeout=1234ms"],
    } == stored
    owner = await asyncpg.connect(made.url(made.name, made.name))
    await owner.execute("CREATE TABLE here (one int)")
    await owner.close()
    await made.stack.fetch(f"CREATE ROLE {made.name}_stranger LOGIN")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(made.url(f"{made.name}_stranger", made.name))


async def test_again_it_brings_the_account_up_to_date(made: _Accounts) -> None:
    """A new password and a new limit arrive; the administrator is no member of the role."""
    assert 0 == made.run().returncode
    before = await made.stored()
    assert 0 == made.run(password="other", connections=9).returncode
    after = await made.stored()
    assert (9, True) == (after["rolconnlimit"], before["rolpassword"] != after["rolpassword"])
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(made.url(made.administrator, made.name))


async def test_who_reads_figures_sees_how_the_server_is_and_nothing_that_it_holds(
    made: _Accounts,
) -> None:
    """Sessions and sizes of all databases, as a member of `pg_monitor`; no table of anybody's."""
    await made.stack.fetch(f"GRANT pg_monitor TO {made.administrator} WITH ADMIN OPTION")
    assert 0 == made.run(monitors=True).returncode
    connection = await asyncpg.connect(made.url(made.name, made.name), password="sesame")
    try:
        assert await connection.fetchval("SELECT count(*) FROM pg_stat_activity WHERE query <> ''")
        assert await connection.fetchval("SELECT pg_database_size('postgres')")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.fetch("SELECT rolpassword FROM pg_authid")
    finally:
        await connection.close()


async def test_two_at_once_do_the_work_once(made: _Accounts) -> None:
    """Releases that meet wait for each other, and all succeed."""
    with ThreadPoolExecutor(3) as threads:
        ended: list[subprocess.CompletedProcess[str]] = list(
            threads.map(lambda _: made.run(), range(3))
        )
    assert [(0, 0, 0)] == [tuple(one.returncode for one in ended)]
    assert 3 == (await made.stored())["rolconnlimit"]


async def test_a_password_shows_in_no_statement(made: _Accounts) -> None:
    """What the server logs of statements holds a verifier and not the password."""
    await made.stack.fetch(f"ALTER ROLE {made.administrator} SET log_statement = 'all'")
    assert 0 == made.run(password="correct-horse").returncode
    log = made.stack.postgres.log.read_text()
    assert f'CREATE ROLE "{made.name}"' in log
    assert "correct-horse" not in log


async def test_without_an_administrator_it_says_what_is_missing(made: _Accounts) -> None:
    """The exit code is 2 and the message names the setting."""
    made.run()
    del made.stack.environment["ADMINISTRATION_URL"]
    ended = made.stack.command("accounts")
    assert 2 == ended.returncode
    assert ended.stderr.startswith("ADMINISTRATION_URL: is not set")
