"""Lines stand in a segment in the order of their times."""

import sqlite3

import pytest

from groundplan_telemetry.logs.table import LineTable, texts


@pytest.fixture
def kept():
    """Return an empty table and its connection."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(LineTable.schema)
    made = LineTable()
    made.opened(connection)
    yield made, connection
    connection.close()


def test_a_batch_is_put_in_order(kept, line, now):
    """Lines of several files come mixed, and stand by their times."""
    lines, connection = kept
    added = lines.add(connection, [line("later", time=now), line("earlier", time=now - 5)])
    assert (2, now - 5, now) == (added.count, added.lowest, added.highest)
    rows = connection.execute("SELECT message FROM lines ORDER BY id").fetchall()
    assert [("earlier",), ("later",)] == rows


def test_numbers_grow_also_when_a_segment_is_opened_again(kept, line):
    """Whoever follows misses nothing after a restart, whatever the clock says."""
    lines, connection = kept
    lines.add(connection, [line("first")])
    connection.execute("UPDATE lines SET id = id + 1000000000")
    lines.opened(connection)
    lines.add(connection, [line("second"), line("other", service="authz")])
    rows = connection.execute("SELECT message FROM lines ORDER BY id").fetchall()
    assert ["first", "second", "other"] == [row[0] for row in rows]
    assert 2 == connection.execute("SELECT count(*) FROM sources").fetchone()[0]


def test_texts_are_searched_and_numbers_are_not():
    """A search for a text looks at the message and at attributes that are texts."""
    assert ["hello", "/a"] == list(texts("hello", {"path": "/a", "status": 200}))
