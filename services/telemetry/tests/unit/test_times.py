"""Times are microseconds, and RFC 3339 for people."""

import pytest

from groundplan_telemetry import times


@pytest.mark.parametrize("moment", [0, 1, 1_700_000_000_123_456])
def test_what_is_written_is_read_again(moment):
    """No microsecond is lost on the way."""
    assert moment == times.read(times.written(moment))


def test_zones_are_understood():
    """A time may be written in any zone, and is UTC without one."""
    assert 0 == times.read("1970-01-01T01:00:00+01:00")
    assert 0 == times.read("1970-01-01 00:00:00")
    assert "1970-01-01T00:00:00.000000Z" == times.written(0)
    assert times.read("yesterday") is None


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (-(1 << 80), "0001-01-01T00:00:00.000000Z"),
        (-62_135_596_800_000_000, "0001-01-01T00:00:00.000000Z"),
        (1 << 80, "9999-12-31T23:59:59.999999Z"),
    ],
)
def test_every_number_is_some_time(moment, written):
    """A time that somebody made up is shown as the nearest there is, in four digits of a year."""
    assert written == times.written(moment)
