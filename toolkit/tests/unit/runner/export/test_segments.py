"""Records are read out of the files of a store that does not run."""

import sqlite3

import pytest

from groundplan.runner.export import segments

SCHEMA = """
CREATE TABLE sources (id INTEGER PRIMARY KEY, service TEXT, replica TEXT, resource TEXT);
INSERT INTO sources VALUES (1, 'backend', 'backend-1', '{}');
"""
SPANS = """
CREATE TABLE spans (
    id INTEGER PRIMARY KEY, trace BLOB, span BLOB, parent BLOB, source INTEGER, kind INTEGER,
    name TEXT, start INTEGER, duration INTEGER, failed INTEGER, attributes TEXT, events TEXT);
INSERT INTO spans VALUES (1, x'AB', x'01', x'', 1, 2, 'GET', 100, 5, 0, '{"a":1}', NULL);
INSERT INTO spans VALUES (2, x'AB', x'02', x'01', 1, 2, 'GET', 200, 5, 1, '{}', '["m"]');
"""
LINES = """
CREATE TABLE lines (
    id INTEGER PRIMARY KEY, time INTEGER, source INTEGER, level INTEGER, message TEXT,
    trace BLOB, span BLOB, attributes TEXT);
INSERT INTO lines VALUES (1, 100, 1, 2, 'hello', x'AB', NULL, '{}');
"""


@pytest.fixture
def folder(tmp_path):
    """Return a store's folder with a segment of each signal."""
    for signal, written in (("traces", SPANS), ("logs", LINES)):
        connection = sqlite3.connect(tmp_path / f"{signal}-1.db")
        connection.executescript(SCHEMA + written)
        connection.close()
    return tmp_path


def test_spans_come_newest_first(folder):
    """With their service, ids as people see them, and attributes as values."""
    second, first = segments.read(folder, "traces", 0, 10)
    assert ("02", "01", "backend", ["m"]) == (
        second["span_id"],
        second["parent_id"],
        second["service"],
        second["events"],
    )
    assert ("ab", {"a": 1}) == (first["trace_id"], first["attributes"])


def test_lines_come_with_their_trace(folder):
    """As they were written."""
    (line,) = segments.read(folder, "logs", 0, 10)
    assert ("hello", "ab", "backend-1") == (line["message"], line["trace_id"], line["replica"])


@pytest.mark.parametrize(("since", "most", "count"), [(150, 10, 1), (0, 1, 1), (300, 10, 0)])
def test_they_are_bounded(folder, since, most, count):
    """By time and by number."""
    assert count == len(list(segments.read(folder, "traces", since, most)))


def test_a_damaged_file_is_told(tmp_path):
    """What is no database is an error, for the reader to note."""
    (tmp_path / "logs-1.db").write_text("no database at all" * 100)
    with pytest.raises(sqlite3.Error):
        list(segments.read(tmp_path, "logs", 0, 10))
