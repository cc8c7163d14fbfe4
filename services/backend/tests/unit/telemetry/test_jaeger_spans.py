"""Spans as Jaeger writes them, made into ours."""

import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from groundplan_backend.telemetry import jaeger_spans
from groundplan_backend.telemetry.jaeger_spans import Found

_FILE = Path(__file__).with_name("recorded") / "jaeger" / "trace.json"


def _found() -> Found:
    return msgspec.convert(json.loads(_FILE.read_bytes())["data"][0], Found)


def test_a_span_has_its_service_parent_kind_and_status() -> None:
    """References, processes and tags end in fields of their own; what is left is attributes."""
    first, second, third = jaeger_spans.trace("t", _found()).spans
    assert ("", "frontend", "frontend-7d9c") == (first.parent_id, first.service, first.replica)
    assert ("server", "unset", 52.31) == (first.kind, first.status, first.duration_ms)
    assert (first.span_id, second.span_id) == (second.parent_id, third.parent_id)
    assert ("client", "error") == (third.kind, third.status)
    assert "postgresql" == third.attributes["db.system.name"]
    assert not {"span.kind", "otel.status_code"} & set(third.attributes)


def test_logs_of_a_span_are_events() -> None:
    """The field `event` is the name of it."""
    event = jaeger_spans.trace("t", _found()).spans[2].events[0]
    assert "exception" == event.name
    assert {"exception.type": "QueryCanceledError"} == event.attributes


def test_a_trace_whose_first_span_is_lost_has_a_title() -> None:
    """The earliest span with a parent that is not there stands for it."""
    found = _found()
    found.spans.pop(0)
    title = jaeger_spans.title(found)
    assert ("backend", 2, 1) == (title.service, title.spans, title.errors)


def test_of_a_trace_without_end_the_rest_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A trace of a hundred thousand spans holds no request up; how many are missing is said."""
    monkeypatch.setattr(jaeger_spans, "_MOST", 2)
    shown = jaeger_spans.trace("t", _found()).spans
    (told,) = (event for event in shown[0].events if event.name == "spans left out")
    assert (2, {"count": 1}, 3) == (
        len(shown),
        told.attributes,
        jaeger_spans.title(_found()).spans,
    )


@pytest.mark.parametrize("start", [2**62, -(2**62)])
def test_a_time_that_is_none_is_shown_all_the_same(start: int) -> None:
    """One span of no time does not hide its trace."""
    found = _found()
    found.spans[0].start, found.spans[0].duration = start, 2**62
    spans = jaeger_spans.trace("t", found).spans
    assert datetime(1970, 1, 1, tzinfo=UTC) == spans[0].start
    assert 3 == jaeger_spans.title(found).spans
