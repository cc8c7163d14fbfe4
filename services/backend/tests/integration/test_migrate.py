"""The database is brought to this release, whoever starts first and however often."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

_MIGRATIONS = Path(__file__).parents[2] / "src/groundplan_backend/postgres/migrations"


async def test_migrating_again_changes_nothing(stack: Any) -> None:
    """The command is idempotent and makes no second administrator."""
    before = await stack.fetch("SELECT name, applied_at FROM migration ORDER BY name")
    assert 0 == stack.command("migrate").returncode
    assert before == await stack.fetch("SELECT name, applied_at FROM migration ORDER BY name")
    assert 1 == len(await stack.fetch("SELECT 1 FROM users"))


async def test_parallel_migrations_wait_for_each_other(stack: Any) -> None:
    """Of several at once one does the work and all succeed."""
    await stack.fetch("DROP SCHEMA public CASCADE")
    await stack.fetch("CREATE SCHEMA public")
    with ThreadPoolExecutor(3) as threads:
        ended = list(threads.map(stack.command, ["migrate"] * 3))
    assert [0, 0, 0] == [one.returncode for one in ended]
    files = {file.stem for file in _MIGRATIONS.glob("[0-9]*.sql")}
    rows = await stack.fetch("SELECT name FROM migration")
    assert files == {row["name"] for row in rows}
    assert 1 == len(await stack.fetch("SELECT 1 FROM users"))


async def test_an_edited_migration_is_refused(stack: Any) -> None:
    """What was applied is history."""
    await stack.fetch("UPDATE migration SET digest = 'other' WHERE name = '0001_identity'")
    ended = stack.command("migrate")
    assert 1 == ended.returncode
    assert "0001_identity was edited after it had been applied" in ended.stderr
    await stack.fetch("DELETE FROM migration WHERE digest = 'other'")


async def test_the_administrators_password_is_stored_as_a_hash_only(stack: Any) -> None:
    """Whoever reads the table learns no password."""
    secret = json.loads((stack.folder / "administrator.json").read_text())["password"]
    rows = await stack.fetch("SELECT password FROM users")
    assert all(secret not in row["password"] for row in rows)
    assert all(row["password"].startswith("$argon2id$") for row in rows)
