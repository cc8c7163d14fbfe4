"""A search has a segment for a while, and nobody waits for one that does not end."""

import sqlite3
import time

import pytest

from groundplan_telemetry.disk import reading


def test_a_search_that_takes_too_long_is_given_up(lines, line):
    """No search holds a thread for ever."""
    lines.write([line()])
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    )
    part, until = lines.oldest_first()[0], time.monotonic() - 1
    with pytest.raises(reading.SlowError), reading.reading(part, until) as connection:
        connection.execute(endless).fetchone()


def test_a_segment_that_is_gone_is_no_error(lines, line):
    """A search that meets a segment which has just expired goes on without it."""
    lines.write([line()])
    part = lines.oldest_first()[0]
    lines.close()
    part.delete()
    with reading.reading(part, reading.deadline()) as connection:
        assert connection is None


def test_a_damaged_segment_is_passed_over_and_marked(lines, line):
    """Damage in one segment does not hide what stands in the others."""
    lines.write([line()])
    part = lines.oldest_first()[0]
    with reading.reading(part, reading.deadline()) as connection:
        raise sqlite3.DatabaseError("database disk image is malformed")
    assert (True, True) == (connection is not None, part.is_damaged)


def test_another_error_is_told(lines, line):
    """An error that is no damage is not swallowed."""
    lines.write([line()])
    part = lines.oldest_first()[0]
    error = pytest.raises(sqlite3.OperationalError, match="syntax")
    with error, reading.reading(part, reading.deadline()) as connection:
        connection.execute("no SQL")
    assert not part.is_damaged
