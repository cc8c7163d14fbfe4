"""Traces are shown whole, and as a line of a list."""

import pytest

from groundplan_telemetry.records.span import Event, Kind
from groundplan_telemetry.traces import search, stored


@pytest.fixture
def of(spans):
    """Return what keeps spans and gives them back as a trace."""

    def kept(*given):
        spans.write(given)
        return search.load(spans, given[0].trace)

    return kept


def test_a_line_tells_of_the_whole_trace(of, span, now):
    """The first span names it; spans, errors and services are those of all."""
    found = of(
        span(1, service="frontend", name="GET", start=now, duration=9_000),
        span(2, parent=1, start=now + 500, duration=10_500, failed=True),
    )
    line = stored.summary(found)
    assert ("frontend", 11.0, 2, 1) == (
        line["service"], line["duration_ms"], line["spans"], line["errors"]
    )  # fmt: skip
    assert ["backend", "frontend"] == line["services"]


def test_a_bare_method_borrows_the_route_of_whoever_knows_it(of, span):
    """A proxy names its span by the method; people want to read the route."""
    found = of(span(1, name="GET"), span(2, parent=1, name="GET /api/v1/me"))
    assert "GET /api/v1/me" == stored.summary(found)["name"]


def test_a_trace_whose_beginning_is_missing_begins_with_its_first_span(of, span):
    """Spans kept because of an error may have a parent that was not kept."""
    found = of(span(2, parent=1), span(3, parent=2, name="SELECT"))
    assert "GET /api/v1/me" == stored.summary(found)["name"]


def test_a_span_is_shown_with_everything(of, span, now):
    """Nothing that was sent is missing."""
    event = Event("exception", now + 10, {"exception.type": "E"})
    sent = span(
        2, parent=1, kind=Kind.CLIENT, failed=True, events=(event,), message="gone",
        attributes={"a": 1, "b": True, "c": ["x"]},
    )  # fmt: skip
    (shown,) = stored.documents(of(sent))
    assert (sent.span.hex(), sent.parent.hex()) == (shown["span_id"], shown["parent_id"])
    assert ("client", "error", "gone") == (shown["kind"], shown["status"], shown["message"])
    assert {"a": 1, "b": True, "c": ["x"]} == shown["attributes"]
    assert {"exception.type": "E"} == shown["events"][0]["attributes"]
    assert 1.0 == shown["duration_ms"]


def test_of_a_trace_without_end_the_middle_is_left_out(spans, span, monkeypatch):
    """Whoever sends one trace for ever costs nobody a list: how many are missing is said."""
    monkeypatch.setattr(search, "LISTED", 3)
    monkeypatch.setattr(search, "SHOWN", 3)
    spans.write([span(number, parent=number - 1) for number in range(1, 101)])
    found = search.load(spans, (1).to_bytes(16, "big"), most=3)
    assert [1, 2, 3, 98, 99, 100] == [int.from_bytes(each.span, "big") for each in found.spans]
    assert (94, 100) == (found.left_out, stored.summary(found)["spans"])
    told = stored.documents(found)[0]["events"]
    assert [("spans left out", {"count": 94})] == [(e["name"], e["attributes"]) for e in told]


@pytest.mark.parametrize("kind", [Kind.UNSPECIFIED, 99])
def test_a_span_that_does_not_say_what_it_is_is_internal(of, span, kind):
    """Whatever number was kept, it has a word that everybody knows."""
    (shown,) = stored.documents(of(span(1, kind=kind)))
    assert "internal" == shown["kind"]
