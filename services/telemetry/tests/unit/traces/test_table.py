"""Spans stand in a segment once, with what they are found by."""

import sqlite3

import pytest

from groundplan_telemetry.traces import table
from groundplan_telemetry.traces.edges import Edges
from groundplan_telemetry.traces.table import SpanTable


@pytest.fixture
def kept():
    """Return an empty table and its connection."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(SpanTable.schema)
    made = SpanTable(Edges({}))
    made.opened(connection)
    yield made, connection
    connection.close()


def test_a_span_that_comes_twice_is_kept_once(kept, span):
    """Senders repeat what they are not sure of; the first one counts."""
    spans, connection = kept
    assert 2 == spans.add(connection, [span(1), span(2)]).count
    assert 1 == spans.add(connection, [span(2), span(3)]).count
    assert 3 == connection.execute("SELECT count(*) FROM spans").fetchone()[0]


def test_numbers_grow_also_when_a_segment_is_opened_again(kept, span):
    """What comes later has a larger number, whatever the clock says."""
    spans, connection = kept
    spans.add(connection, [span(1)])
    connection.execute("UPDATE spans SET id = id + 1000000000")
    spans.opened(connection)
    spans.add(connection, [span(2)])
    rows = connection.execute("SELECT span FROM spans ORDER BY id").fetchall()
    assert [1, 2] == [int.from_bytes(row[0], "big") for row in rows]


def test_bounds_are_those_of_the_starts(kept, span, now):
    """A batch says between which times its spans began."""
    spans, connection = kept
    added = spans.add(connection, [span(1, start=now - 5), span(2, start=now)])
    assert (now - 5, now) == (added.lowest, added.highest)


def test_names_that_are_offered_are_bounded(kept, span, monkeypatch):
    """A sender with a name for every request does not fill the list of operations."""
    monkeypatch.setattr(table, "MOST_OPERATIONS", 2)
    spans, connection = kept
    spans.add(connection, [span(number, name=f"GET /{number}") for number in range(1, 6)])
    assert 2 == connection.execute("SELECT count(*) FROM operations").fetchone()[0]
    assert 5 == connection.execute("SELECT count(*) FROM spans").fetchone()[0]


def test_who_sends_is_noted_once(kept, span):
    """A replica is a row, whatever it sends."""
    spans, connection = kept
    spans.add(connection, [span(1), span(2)])
    spans.opened(connection)
    spans.add(connection, [span(3), span(4, service="authz")])
    assert 2 == connection.execute("SELECT count(*) FROM sources").fetchone()[0]


def test_what_comes_twice_is_one_call_and_found_once(kept, span):
    """A sender that repeats a batch does not double the graph, nor what a search looks at."""
    spans, connection = kept
    batch = [span(1, service="authz"), span(2, parent=1)]
    spans.add(connection, batch)
    spans.add(connection, [*batch, span(3, parent=1)])
    assert [(2,)] == connection.execute("SELECT calls FROM edges").fetchall()
    rows = connection.execute("SELECT rowid FROM words ORDER BY rowid").fetchall()
    assert rows == connection.execute("SELECT id FROM spans ORDER BY id").fetchall()
