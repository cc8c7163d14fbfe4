"""Ranges of time."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec import UNSET

from groundplan_backend.errors import InvalidRequest
from groundplan_backend.telemetry import window as windows
from groundplan_backend.telemetry.schemas import RangeQuery
from groundplan_backend.telemetry.window import Window

_NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)


def test_without_words_it_is_the_last_hour() -> None:
    """With an end it is the hour before, with a beginning it lasts until now."""
    assert Window(_NOW - timedelta(hours=1), _NOW) == windows.of(RangeQuery(), _NOW)
    early = RangeQuery(end="2026-11-23T05:00:00Z")
    assert datetime(2026, 11, 23, 4, tzinfo=UTC) == windows.of(early, _NOW).start
    since = RangeQuery(start="2026-11-23T07:30:00+01:00")
    assert Window(datetime(2026, 11, 23, 6, 30, tzinfo=UTC), _NOW) == windows.of(since, _NOW)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-02-30T00:00:00Z", UNSET, "is no moment"),
        ("0001-01-01T00:00:00+23:59", UNSET, "is no moment"),
        ("9999-12-31T23:59:59-23:59", UNSET, "is no moment"),
        ("1999-12-31T00:00:00Z", UNSET, "that anything was measured at"),
        ("2026-11-23T08:00:00Z", "2026-11-23T08:00:00Z", "must be before"),
        ("2026-11-23T08:00:00Z", UNSET, "must be before"),
        ("2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z", "31 days"),
    ],
)
def test_a_range_that_is_none_is_refused(start: str, end: str, words: str) -> None:
    """The field is named, and what is wrong with it."""
    with pytest.raises(InvalidRequest) as raised:
        windows.of(RangeQuery(start=start, end=end), _NOW)
    assert words in raised.value.errors[0].message


def test_a_step_makes_as_many_points_as_can_be_drawn() -> None:
    """Without one there are about 120; nobody may ask for millions."""
    hour = Window(_NOW - timedelta(hours=1), _NOW)
    assert (30, 60) == (windows.step(hour, UNSET), windows.step(hour, 60))
    assert 1 == windows.step(Window(_NOW - timedelta(seconds=9), _NOW), UNSET)
    with pytest.raises(InvalidRequest):
        windows.step(hour, 1)


def test_moments_are_the_same_when_asked_again() -> None:
    """They are multiples of the step, so that a chart does not tremble as time passes."""
    first = windows.moments(Window(_NOW, _NOW + timedelta(seconds=65)), 30)
    later = windows.moments(Window(_NOW + timedelta(seconds=7), _NOW + timedelta(seconds=72)), 30)
    assert [0, 30, 60] == [at - int(_NOW.timestamp()) for at in first]
    assert set(later) <= set(first)


def test_moments_are_written_with_microseconds() -> None:
    """As the store reads them."""
    assert "2026-11-23T07:00:00.000000Z" == windows.text(_NOW)
