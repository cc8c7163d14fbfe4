"""A request's line in a log is a span, where it says so."""

import pytest

from groundplan_telemetry.records.span import Kind
from groundplan_telemetry.tail import access

TRACE, SPAN, PARENT = bytes(range(16)), bytes(range(8)), bytes(range(1, 9))
TOLD = {
    "sampled": "1", "parent_id": PARENT.hex(), "seconds": "0.250", "method": "GET",
    "path": "/api/v1/me", "status": "503", "bytes": "12", "upstream": "-",
}  # fmt: skip


@pytest.fixture
def span_of(line):
    """Return what makes the span of a line; keywords change what the line tells."""

    def made(**changes):
        return access.span_of(line(trace=TRACE, span=SPAN, attributes={**TOLD, **changes}))

    return made


def test_a_sampled_requests_line_is_a_span(span_of, now):
    """It has the identifiers of the line, ends when the line was written, and fails by status."""
    found = span_of()
    assert (TRACE, SPAN, PARENT) == (found.trace, found.span, found.parent)
    assert (Kind.SERVER, "GET", True) == (found.kind, found.name, found.failed)
    assert (now - 250_000, 250_000) == (found.start, found.duration)
    assert {
        "http.request.method": "GET",
        "url.path": "/api/v1/me",
        "http.response.status_code": 503,
        "http.response.body.size": 12,
    } == found.attributes


def test_a_line_may_say_when_the_request_began(span_of):
    """A start that is told is believed, and milliseconds are as good as seconds."""
    found = span_of(start="1700000000.5", seconds=None, duration_ms=20)
    assert (1_700_000_000_500_000, 20_000) == (found.start, found.duration)


def test_a_route_names_the_span(span_of):
    """Where the route is known, it is part of the name."""
    assert "GET /api/v1/{id}" == span_of(route="/api/v1/{id}").name


@pytest.mark.parametrize("parent", ["", "-", "xyz", "0" * 16])
def test_a_trace_may_begin_with_it(span_of, parent):
    """Without a caller that is known there is no parent."""
    assert b"" == span_of(parent_id=parent).parent


@pytest.mark.parametrize("changes", [{"sampled": "0"}, {"sampled": None}, {"seconds": "-"}])
def test_other_lines_are_no_spans(span_of, changes):
    """What was not sampled, or has no duration, is a line and no more."""
    assert span_of(**changes) is None


def test_a_line_without_identifiers_is_no_span(line):
    """Whoever does not say which span it is has none."""
    assert access.span_of(line(attributes=TOLD)) is None
