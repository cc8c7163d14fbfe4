"""A search has a segment for a while, and nobody waits for one that does not end."""

import pytest

from groundplan_telemetry.disk import reading


def test_a_search_that_takes_too_long_is_given_up(lines, line, monkeypatch):
    """No search holds a thread for ever."""
    lines.write([line()])
    monkeypatch.setattr(reading, "PATIENCE", -1.0)
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    )
    with pytest.raises(reading.SlowError), reading.reading(lines.oldest_first()[0]) as connection:
        connection.execute(endless).fetchone()


def test_a_segment_that_is_gone_is_no_error(lines, line):
    """A search that meets a segment which has just expired goes on without it."""
    lines.write([line()])
    part = lines.oldest_first()[0]
    lines.close()
    part.delete()
    with reading.reading(part) as connection:
        assert connection is None
