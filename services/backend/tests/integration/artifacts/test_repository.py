"""The statements of artifacts, on many rows."""

from typing import Any

from groundplan_backend.postgres import queries

_FILL = """
INSERT INTO artifact (id, name, kind, subject, size, part_size, state, sha256, media_type,
    keep_days, created_at, expires_at)
SELECT gen_random_uuid(), 'file-' || n, CASE n % 3 WHEN 0 THEN 'plan' ELSE 'log' END,
    'service:s' || n % 1000, 1, 1, 'ready', '\\x00', 'text/plain', 1,
    now() - n * interval '1 second', now() + interval '1 day'
FROM generate_series(1, 50000) AS n
"""


async def _plan(stack: Any, *arguments: object) -> str:
    from groundplan_backend.artifacts import repository

    statement = queries.load(repository.__file__)["list_artifacts"]
    rows = await stack.fetch(f"EXPLAIN (ANALYZE, FORMAT TEXT) {statement}", *arguments)
    return "\n".join(row[0] for row in rows)


async def test_lists_read_an_index_and_stop(stack: Any, replica: Any) -> None:
    """Of 50,000 artifacts a page reads its own rows: by age, by kind, by subject."""
    await stack.fetch(_FILL)
    await stack.fetch("ANALYZE artifact")
    for arguments in (
        (None, None, None, None, None, 51),
        ("plan", None, None, None, None, 51),
        (None, "service:s7", None, None, None, 51),
    ):
        plan = await _plan(stack, *arguments)
        assert "Seq Scan on artifact" not in plan, plan
        took = float(plan.rpartition("Execution Time: ")[2].split()[0])
        assert took < 100, plan
    await stack.fetch("DELETE FROM artifact WHERE name LIKE 'file-%'")
