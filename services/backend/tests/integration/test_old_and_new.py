"""A release that still runs goes on writing while, and after, the database is brought further.

Every migration after the first release's three is read: it may add, and nothing else, unless a
reason stands in `REASONS`. Then what the first release writes is run against the database as it
is now, statement by statement as its own files had them.
"""

import asyncio
import re
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from groundplan_backend.postgres import migrate
from groundplan_backend.settings import Secret

_FOLDER = Path(migrate.__file__).with_name("migrations")
_FIRST_RELEASE = 3

REASONS = {
    ("0005_accounts", "CREATE UNIQUE INDEX users_service_by_name ON users"): (
        "one row a person: thousands are read in milliseconds, and the index holds none of them"
    ),
    ("0006_audit_view", "LOCK TABLE audit_event"): "it is replaced in the same transaction",
    ("0006_audit_view", "DROP TABLE audit_event"): (
        "a view of the same name and columns takes its place in the same transaction"
    ),
}
"""Statements that are not plain additions, and why each is safe nevertheless."""

_FORBIDDEN = {
    r"\bDROP\b": "takes away what an old release may use",
    r"\bRENAME\b": "takes away a name that an old release uses",
    r"\bALTER COLUMN\b.*\bTYPE\b": "rewrites the table under a lock",
    r"\bSET NOT NULL\b": "refuses rows that an old release writes",
    r"\bLOCK TABLE\b": "stops an old release",
    r"\bTRUNCATE\b": "deletes what an old release may read",
}
_EXISTING_ONLY = {
    r"^ALTER TABLE .*\bADD (CONSTRAINT|CHECK|UNIQUE|PRIMARY|FOREIGN)\b(?!.*\bNOT VALID\b)": (
        "reads the table under a lock, and may refuse what an old release writes"
    ),
    r"^ALTER TABLE .*\bADD COLUMN\b(?=.*\bNOT NULL\b)(?!.*\bDEFAULT\b)": (
        "an old release writes no such column"
    ),
    r"^ALTER TABLE .*\bADD COLUMN\b.*\bDEFAULT (?!\w+ *$|'|[0-9]|now\(\)|true|false)": (
        "a default that is worked out for each row rewrites the table"
    ),
    r"^CREATE (UNIQUE )?INDEX (?!CONCURRENTLY)": "stops writes while the index is made",
    r"^CREATE (CONSTRAINT )?TRIGGER": "changes what an old release's writes do",
}


def _statements(text: str) -> list[str]:
    """Return the statements on one line each, without comments; a body in dollars is opened."""
    plain = re.sub(r"--[^\n]*", "", text)
    plain = re.sub(r"\$\$|\bDO\b|\bBEGIN\b|\bEND\b", " ", plain)
    plain = re.sub(r"\bIF\b(?! (NOT )?EXISTS).*?\bTHEN\b", ";", plain, flags=re.DOTALL)
    return [" ".join(one.split()) for one in plain.split(";") if one.split()]


def _target(statement: str) -> str | None:
    """Return the table that a statement changes, where it is one that changes a table."""
    found = re.match(
        r"ALTER TABLE (?:ONLY )?([\w.]+)"
        r"|CREATE (?:UNIQUE )?INDEX (?:CONCURRENTLY )?\w+ ON ([\w.]+)"
        r"|CREATE (?:CONSTRAINT )?TRIGGER .*? ON ([\w.]+)",
        statement,
    )
    return next(filter(None, found.groups())) if found else None


def _made(statement: str) -> str | None:
    found = re.match(r"CREATE TABLE (?:IF NOT EXISTS )?([\w.]+)", statement)
    return found[1] if found else None


def _faults(statement: str, new: set[str]) -> list[str]:
    forms = dict(_FORBIDDEN)
    target = _target(statement)
    if target is not None and target not in new:
        forms |= _EXISTING_ONLY
    return [why for form, why in forms.items() if re.search(form, statement)]


def _refused(name: str, text: str) -> list[tuple[str, str, str]]:
    """Return (file, statement, why not) of what is no plain addition; a file's own tables are."""
    statements = _statements(text)
    new = {made for one in statements if (made := _made(one))}
    return [(name, one, why) for one in statements for why in _faults(one, new)]


def _later() -> list[Path]:
    files = sorted(_FOLDER.glob("[0-9]*.sql"))
    return [file for file in files if int(file.name[:4]) > _FIRST_RELEASE]


@pytest.mark.parametrize("file", _later(), ids=lambda file: file.stem)
def test_a_migration_only_adds(file: Path) -> None:
    """Whatever else it does has a written reason."""
    refused = _refused(file.stem, file.read_text())
    reasoned = [start for name, start in REASONS if name == file.stem]
    assert [] == [one for one in refused if not one[1].startswith(tuple(reasoned))]


def test_every_reason_is_still_needed() -> None:
    """A reason without its statement is struck off."""
    refused = [one for file in _later() for one in _refused(file.stem, file.read_text())]
    for name, start in REASONS:
        assert any(name == one[0] and one[1].startswith(start) for one in refused), start


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE users;",
        "ALTER TABLE users DROP COLUMN email;",
        "ALTER TABLE users RENAME COLUMN email TO address;",
        "ALTER TABLE users ALTER COLUMN email TYPE varchar(200);",
        "ALTER TABLE users ALTER COLUMN email SET NOT NULL;",
        "ALTER TABLE users ADD COLUMN name text NOT NULL;",
        "ALTER TABLE users ADD COLUMN number uuid DEFAULT gen_random_uuid();",
        "ALTER TABLE users ADD CONSTRAINT short CHECK (length(email) < 9);",
        "CREATE INDEX users_by_role ON users (role);",
        "DO $$ BEGIN IF true THEN DROP TABLE users; END IF; END $$;",
        "CREATE TABLE other (id uuid); CREATE INDEX session_by_agent ON session (agent);",
    ],
)
def test_what_would_stop_a_running_release_is_found(statement: str) -> None:
    """The reader above can fail."""
    assert [] != _refused("0099_wrong", statement)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE other (id uuid NOT NULL); CREATE INDEX other_by_id ON other (id);",
        "ALTER TABLE users ADD COLUMN name text;",
        "ALTER TABLE users ADD COLUMN kind text NOT NULL DEFAULT 'person';",
        "-- DROP TABLE users;",
    ],
)
def test_what_only_adds_is_let_through(statement: str) -> None:
    """The reader above is not against everything."""
    assert [] == _refused("0099_right", statement)


async def test_a_migration_waits_for_no_table_for_long(
    stack: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It gives way to what holds a table, lets others write meanwhile, and tries again."""
    for file in _FOLDER.glob("[0-9]*.sql"):
        (tmp_path / file.name).write_text(file.read_text())
    (tmp_path / "9999_column.sql").write_text("ALTER TABLE annotation ADD COLUMN colour text;")
    monkeypatch.setattr(migrate, "_FOLDER", tmp_path)
    monkeypatch.setattr(migrate, "LOCK_TIMEOUT_MS", 200)
    holder = await asyncpg.connect(stack.database_url)
    holding = holder.transaction()
    await holding.start()
    await holder.execute("SELECT FROM annotation")
    migrating = asyncio.create_task(migrate.migrate(Secret(stack.database_url)))
    await asyncio.sleep(0.6)
    assert not migrating.done()
    # An old release's write waits no longer than the migration does.
    await asyncio.wait_for(stack.fetch("DELETE FROM annotation"), 2)
    await holding.rollback()
    await holder.close()
    assert ["9999_column"] == await asyncio.wait_for(migrating, 10)
    await stack.fetch("DELETE FROM migration WHERE name = '9999_column'")


_USER, _SESSION, _NOTE = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
_LATER = datetime.now(UTC) + timedelta(hours=8)
_WRITES: list[tuple[str, tuple[object, ...]]] = [
    (
        "INSERT INTO sign_in_attempt AS attempt (email, failures, locked_until) VALUES ($1, 1,"
        " CASE WHEN $2::int <= 1 THEN now() + make_interval(secs => $3::int) END)"
        " ON CONFLICT (email) DO UPDATE SET failures = attempt.failures + 1, last_at = now()"
        " RETURNING failures",
        ("old@groundplan.example", 10, 60),
    ),
    (
        "INSERT INTO users (id, email, password, role) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (email) DO NOTHING"
        " RETURNING id, email, role, disabled, created_at, updated_at",
        (_USER, "old@groundplan.example", "$argon2id$", "operator"),
    ),
    (
        "UPDATE users SET role = coalesce($2, role), disabled = coalesce($3, disabled),"
        " password = coalesce($4, password), updated_at = now() WHERE id = $1"
        " RETURNING id, email, role, disabled, created_at, updated_at",
        (_USER, "viewer", None, None),
    ),
    (
        "INSERT INTO session (id, user_id, expires_at, address, agent)"
        " VALUES ($1, $2, $3, $4, $5) RETURNING id",
        (_SESSION, _USER, _LATER, "10.0.0.1", "curl"),
    ),
    (
        "INSERT INTO refresh_token (digest, session_id, predecessor) VALUES ($1, $2, $3)"
        " RETURNING digest",
        (b"digest", _SESSION, None),
    ),
    (
        "SELECT token.digest, token.spent_at, session.id AS session_id, session.created_at,"
        " session.last_seen_at, session.expires_at, session.ended_at, session.address,"
        " session.agent, users.id AS user_id, users.email, users.role, users.disabled"
        " FROM session JOIN refresh_token AS token ON token.session_id = session.id"
        " JOIN users ON users.id = session.user_id WHERE token.digest = $1 FOR UPDATE OF session",
        (b"digest",),
    ),
    (
        "UPDATE refresh_token SET spent_at = clock_timestamp() WHERE digest = $1 RETURNING digest",
        (b"digest",),
    ),
    (
        "INSERT INTO audit_event (actor, action, target, detail, address, request_id)"
        " VALUES ($1, $2, $3, $4, $5, $6) RETURNING actor",
        (str(_USER), "annotation.create", str(_NOTE), '{"key": "owner"}', "10.0.0.1", "old-one"),
    ),
    (
        "INSERT INTO idempotency_key (caller, route, key, body_digest, body)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (caller, route, key) DO UPDATE"
        " SET body_digest = excluded.body_digest, body = excluded.body, created_at = now()"
        " WHERE idempotency_key.created_at <= now() - interval '24 hours' RETURNING true",
        (str(_USER), "POST users", "a-key", b"digest", b"{}"),
    ),
    (
        "INSERT INTO component (name, kind, tier, description, replicas_min, replicas_max, calls,"
        " source, document) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        " ON CONFLICT (name) DO UPDATE SET kind = excluded.kind RETURNING name",
        ("old", "backend", "application", "old", 1, 2, ["cache"], "platform.yaml:1", b"{}"),
    ),
    (
        "INSERT INTO annotation (id, service, key, value, url, created_by)"
        " SELECT $1, component.name, $3, $4, $5, author.id"
        " FROM component LEFT JOIN users AS author ON author.id = $6::uuid"
        " WHERE component.name = $2 RETURNING id, service, key, value, url,"
        " (SELECT email FROM users WHERE users.id = created_by) AS created_by, created_at,"
        " updated_at",
        (_NOTE, "old", "owner", "us", None, _USER),
    ),
    (
        "UPDATE annotation SET key = $2, value = $3, url = $4, updated_at = now() WHERE id = $1"
        " RETURNING id, service, key, value, url, created_at, updated_at",
        (_NOTE, "note", "ours", None),
    ),
    ("DELETE FROM annotation WHERE id = $1 RETURNING service", (_NOTE,)),
    (
        "INSERT INTO signing_key (kid, sealed, signs_from) VALUES ($1, $2, $3) RETURNING kid",
        ("old", b"sealed", _LATER),
    ),
    (
        "UPDATE session SET ended_at = now() WHERE user_id = $1 AND ended_at IS NULL RETURNING id",
        (_USER,),
    ),
    ("DELETE FROM signing_key WHERE kid = ANY($1::text[]) RETURNING kid", (["old"],)),
    ("DELETE FROM users WHERE id = $1 RETURNING email", (_USER,)),
]
"""What the first release writes, with values; each gives back the one row that it has written."""


async def test_what_the_first_release_writes_is_still_taken(stack: Any) -> None:
    """Every statement of it runs against the database of today, and does its work."""
    for statement, values in _WRITES:
        assert 1 == len(await stack.fetch(statement, *values)), statement
    found = await stack.fetch("SELECT action FROM audit.event WHERE request_id = 'old-one'")
    assert ["annotation.create"] == [row["action"] for row in found]


async def test_a_database_that_went_too_far_is_found(stack: Any) -> None:
    """The run above fails where a column refuses what the first release leaves out."""
    await stack.fetch("ALTER TABLE session ADD COLUMN needed text")
    await stack.fetch("UPDATE session SET needed = ''")
    await stack.fetch("ALTER TABLE session ALTER COLUMN needed SET NOT NULL")
    statement, values = next(one for one in _WRITES if one[0].startswith("INSERT INTO users"))
    await stack.fetch(statement, *values)
    statement, values = next(one for one in _WRITES if "INTO session" in one[0])
    with pytest.raises(asyncpg.NotNullViolationError):
        await stack.fetch(statement, *values)
