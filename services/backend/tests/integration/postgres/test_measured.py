"""A real connection whose statements are timed."""

from typing import Any

import asyncpg
import pytest
from prometheus_client import CollectorRegistry, generate_latest

from groundplan_backend.catalog import repository
from groundplan_backend.observability.calls import Calls
from groundplan_backend.postgres import measured, queries
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.settings import Secret
from groundplan_contracts.tracing.span import Span
from groundplan_contracts.tracing.trace import Trace, current


@pytest.mark.parametrize(
    ("statement", "operation"),
    [
        ("SELECT 1", "SELECT"),
        ("  -- why\n  update a SET b = 1", "UPDATE"),
        ("BEGIN;", "BEGIN"),
        ("WITH a AS (SELECT 1) SELECT * FROM a", "SELECT"),
        ("WITH a AS (INSERT INTO b VALUES (1) RETURNING c) SELECT * FROM a", "INSERT"),
        ("WITH a AS (SELECT 1) DELETE FROM b USING a", "DELETE"),
        ("", "OTHER"),
    ],
)
def test_an_operation_is_the_verb_of_a_statement(statement: str, operation: str) -> None:
    """Of several, the one that changes something; without a name it is the name too."""
    assert (operation, operation) == measured.describe(statement)


def test_a_statement_of_a_file_is_known_by_its_name() -> None:
    """The room in which it stands, and what it is called there."""
    (text,) = [text for name, text in repository._SQL.items() if name == "list_services"]
    assert ("SELECT", "catalog.list_services") == measured.describe(text)
    assert "catalog.list_services" == queries.NAMES[text]


async def test_statements_are_counted_and_are_spans(stack: Any) -> None:
    """All that runs on a connection of the pool, the ends of transactions and failures too."""
    calls, spans = Calls(), list[Span]()
    database_url = stack.environment["DATABASE_URL"]
    pool = Pool(Secret(database_url), 1, 5000, calls=calls)
    token = current.set(Trace(spans.append, "a" * 32))
    async with pool.transaction() as connection:
        assert 2 == await connection.fetchval("SELECT $1::int + 1", 1)
        await connection.execute("CREATE TEMPORARY TABLE canary (secret text) ON COMMIT DROP")
        await connection.executemany("INSERT INTO canary VALUES ($1)", [("a",), ("b",)])
        row = await connection.fetchrow("SELECT count(*) AS number FROM canary")
        assert 2 == row["number"]
    with pytest.raises(asyncpg.DivisionByZeroError):
        await pool.fetch("SELECT 1 / 0")
    current.reset(token)
    await pool.close()
    expected = ["CONNECT", "BEGIN", "SELECT", "CREATE", "INSERT", "SELECT", "COMMIT", "SELECT"]
    assert expected == [span.name for span in spans]
    assert ["", "22012"] == [spans[-2].error, spans[-1].error]
    assert "canary" not in str(spans)
    registry = CollectorRegistry()
    registry.register(calls.family)
    text = generate_latest(registry).decode()
    name = "db_client_operation_duration_seconds_count"
    assert f'{name}{{error_type="22012",operation="SELECT",system="postgresql"}} 1.0' in text


async def test_a_database_that_is_not_there_is_counted() -> None:
    """A connection that fails is an operation that failed."""
    calls = Calls()
    pool = Pool(Secret("postgresql://nobody@127.0.0.1:1/nothing"), 1, 5000, calls=calls)
    with pytest.raises(Exception, match="does not answer"):
        await pool.fetch("SELECT 1")
    assert [("postgresql", "CONNECT", "ConnectionRefusedError")] == list(calls._children)
