"""What the backend's database role can do to the audit record: add and read, and nothing else."""

import json
import subprocess
import uuid
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from groundplan_backend.postgres import ownership


class _Protected:
    """A database whose record belongs to another role, as releases make it."""

    def __init__(self, stack: Any, folder: Path) -> None:
        self.stack, self.folder = stack, folder
        self.name = f"console_{uuid.uuid4().hex[:8]}"
        self.administrator = f"admin_{uuid.uuid4().hex[:8]}"

    def url(self, user: str, database: str) -> str:
        """Return an address in the server."""
        return f"postgresql://{user}@127.0.0.1:{self.stack.postgres.port}/{database}"

    def command(self, word: str) -> subprocess.CompletedProcess[str]:
        """Run one of the backend's commands on this database."""
        (self.folder / "password").write_text("sesame\n")
        account = {
            "name": self.name,
            "connections": 9,
            "statement_timeout_ms": 5000,
            "password_file": str(self.folder / "password"),
            "audit": True,
        }
        (self.folder / "accounts.json").write_text(json.dumps([account]))
        self.stack.environment |= {
            "ACCOUNTS_FILE": str(self.folder / "accounts.json"),
            "DATABASE_URL": self.url(self.name, self.name),
        }
        administration = {"ADMINISTRATION_URL": self.url(self.administrator, "postgres")}
        if word == "accounts":
            self.stack.environment |= administration
        else:
            self.stack.environment.pop("ADMINISTRATION_URL", None)
        found: subprocess.CompletedProcess[str] = self.stack.command(word)
        return found

    def migrate_as_administrator(self) -> subprocess.CompletedProcess[str]:
        """Migrate as on one machine, where the server's superuser comes first."""
        self.stack.environment |= {
            "DATABASE_URL": self.url(self.name, self.name),
            "ADMINISTRATION_URL": self.url("groundplan", "postgres"),
        }
        found: subprocess.CompletedProcess[str] = self.stack.command("migrate")
        return found

    async def run(self, statement: str) -> list[Any]:
        """Run a statement as the backend's role."""
        connection = await asyncpg.connect(self.url(self.name, self.name))
        try:
            return list(await connection.fetch(statement))
        finally:
            await connection.close()


@pytest.fixture
async def protected(stack: Any, tmp_path: Path) -> _Protected:
    """An administrator who is no superuser, and a database that nobody has made yet."""
    found = _Protected(stack, tmp_path)
    await stack.fetch(f"CREATE ROLE {found.administrator} LOGIN CREATEROLE CREATEDB")
    return found


_INSERT = (
    "INSERT INTO audit.event (at, actor, action, target, address, request_id)"
    " VALUES (now(), 'ada', 'user.create', 'x', '', '')"
)
_CHANGES = (
    "UPDATE audit.event SET actor = 'nobody'",
    "DELETE FROM audit.event",
    "TRUNCATE audit.event",
    "UPDATE audit.seal SET position = position + 1",
    "DELETE FROM audit.seal",
    "TRUNCATE audit.seal",
    "UPDATE audit_event SET actor = 'nobody'",
    "DELETE FROM audit_event",
    "DROP TABLE audit.event",
    "DROP SCHEMA audit CASCADE",
    "ALTER TABLE audit.event ADD COLUMN more text",
    "ALTER TABLE audit.event OWNER TO CURRENT_USER",
    "ALTER TABLE audit.event DISABLE TRIGGER ALL",
    "ALTER SCHEMA audit RENAME TO gone",
    "CREATE TABLE audit.other (id int)",
    "CREATE RULE gone AS ON INSERT TO audit.event DO INSTEAD NOTHING",
    "CREATE TRIGGER gone BEFORE INSERT ON audit.event EXECUTE FUNCTION suppress()",
    "DROP INDEX audit.event_by_actor",
    "INSERT INTO audit.event (id, at, actor, action, target, address, request_id)"
    " SELECT id, at, 'nobody', action, target, address, request_id FROM audit.event"
    " ON CONFLICT (id) DO UPDATE SET actor = 'nobody'",
)


async def test_the_backends_role_adds_and_reads_and_can_do_nothing_else(
    protected: _Protected,
) -> None:
    """Every other way is refused by the server itself, whatever the application does."""
    assert 0 == protected.command("accounts").returncode
    migrated = protected.command("migrate")
    assert 0 == migrated.returncode, migrated.stderr
    await protected.run(_INSERT)
    for statement in _CHANGES:
        with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.UndefinedFunctionError)):
            await protected.run(statement)
    assert 1 == len(await protected.run("SELECT FROM audit.event"))


async def test_what_a_migration_made_before_is_taken_from_the_backends_role(
    protected: _Protected,
) -> None:
    """A database from before is protected by the next release, with what stands in it."""
    await protected.stack.fetch(f"CREATE ROLE {protected.name} LOGIN")
    await protected.stack.fetch(f"CREATE DATABASE {protected.name} OWNER {protected.name}")
    await protected.stack.fetch(f"GRANT {protected.name} TO {protected.administrator}")
    assert 0 == protected.command("migrate").returncode
    await protected.run(_INSERT)
    await protected.run("UPDATE audit.event SET actor = 'changed'")
    for _ in range(2):
        made = protected.command("accounts")
        assert 0 == made.returncode, made.stderr
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await protected.run("UPDATE audit.event SET actor = 'nobody'")
    assert ["changed"] == [row["actor"] for row in await protected.run("TABLE audit.event")]


async def test_a_migration_that_may_come_as_the_administrator_protects_first(
    protected: _Protected,
) -> None:
    """So it is on one machine: the role and its database are there, the record is not."""
    await protected.stack.fetch(f"CREATE ROLE {protected.name} LOGIN")
    await protected.stack.fetch(f"CREATE DATABASE {protected.name} OWNER {protected.name}")
    assert 0 == protected.migrate_as_administrator().returncode
    await protected.run(_INSERT)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await protected.run("DELETE FROM audit.event")
    (row,) = await protected.run(
        "SELECT current_user = rolname AS owns FROM pg_roles WHERE oid ="
        " (SELECT relowner FROM pg_class WHERE oid = 'audit.event'::regclass)"
    )
    assert not row["owns"]


@pytest.mark.parametrize(
    ("account", "role"), [("backend", "backend_audit"), ("b" * 63, "b" * 57 + "_audit")]
)
def test_the_owner_is_called_after_the_account(account: str, role: str) -> None:
    """In what PostgreSQL has room for."""
    assert role == ownership.keeper(account)
