"""Metrics on the wire."""

from datetime import UTC, datetime

import msgspec
import pytest

from groundplan_backend.telemetry.metric_schemas import OverviewQuery, Series, SeriesQuery


def test_a_series_tells_its_range_with_from_and_to() -> None:
    """As it was asked for; a gap is null."""
    at = datetime(2026, 11, 23, tzinfo=UTC)
    series = Series(start=at, end=at, step=1, unit=None, times=[], lines=[], omitted=0)
    written = msgspec.json.decode(msgspec.json.encode(series))
    assert ("2026-11-23T00:00:00Z", None) == (written["from"], written["unit"])


def test_a_step_is_a_number_of_seconds() -> None:
    """A query is text, and what is no number there is refused."""
    query = msgspec.convert({"step": "60", "service": "backend"}, SeriesQuery, strict=False)
    assert (60, "backend") == (query.step, query.service)
    for wrong in ({"step": "0"}, {"step": "1h"}, {"serivce": "x"}):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(wrong, SeriesQuery, strict=False)


def test_an_overview_is_of_a_range_that_is_known() -> None:
    """A quarter of an hour unless it is said."""
    assert "15m" == OverviewQuery().range
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"range": "2h"}, OverviewQuery)
