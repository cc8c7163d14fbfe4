"""A request's line in a log is a span, where it says so."""

import pytest

from groundplan_telemetry.records.span import Kind
from groundplan_telemetry.tail import access

TRACE, SPAN, PARENT = bytes(range(16)), bytes(range(8)), bytes(range(1, 9))
SLOW = 1.0
TOLD = {
    "sampled": "1", "parent_id": PARENT.hex(), "seconds": "0.250", "method": "GET",
    "path": "/api/v1/me", "status": "503", "bytes": "12", "upstream": "-",
}  # fmt: skip


@pytest.fixture
def span_of(line):
    """Return what makes the span of a line; keywords change what the line tells."""

    def made(**changes):
        told = line(trace=TRACE, span=SPAN, attributes={**TOLD, **changes})
        return access.span_of(told, SLOW)

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


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"status": "502"}, "error"), ({"status": "200", "seconds": "1.001"}, "slow")],
)
def test_what_failed_or_was_slow_is_kept_though_it_was_not_sampled(span_of, changes, reason):
    """By the edge, whose line says so, and by the gateway, whose header does; each says why."""
    edge = span_of(sampled="0", **changes)
    gateway = span_of(
        sampled=None, trace_flags="00", details="via_upstream", upstream="10.0.0.1:80", **changes
    )
    assert [(SPAN, reason)] * 2 == [
        (each.span, each.attributes["sampling.reason"]) for each in (edge, gateway)
    ]
    assert "sampling.reason" not in span_of(**changes).attributes


def test_a_gateway_that_asked_nobody_is_below_its_caller(span_of):
    """The header still holds its caller's span, so it gets one of its own, always the same."""
    said = {"sampled": None, "trace_flags": "00", "details": "no_healthy_upstream"}
    first, second = span_of(**said), span_of(**said)
    assert (SPAN, first.span) == (first.parent, second.span)
    assert SPAN != first.span


@pytest.mark.parametrize(
    "changes",
    [
        {"sampled": "0", "status": "200"},
        {"sampled": None},
        {"sampled": None, "trace_flags": "00"},
        {"sampled": None, "trace_flags": "01", "details": "via_upstream"},
        {"seconds": "-"},
    ],
)
def test_other_lines_are_no_spans(span_of, changes):
    """What was well and not sampled, what keeps its own spans, and what has no duration."""
    assert span_of(**changes) is None


def test_a_line_without_identifiers_is_no_span(line):
    """Whoever does not say which span it is has none."""
    assert access.span_of(line(attributes=TOLD), SLOW) is None


@pytest.mark.parametrize("start", ["9999999999", "1e30", "inf", "nan", "-5"])
def test_a_start_behind_the_end_is_not_believed(span_of, now, start):
    """A span of the future would never grow old, and one of no time would cost its batch."""
    assert (now - 250_000, 250_000) == (span_of(start=start).start, span_of(start=start).duration)


@pytest.mark.parametrize("seconds", ["inf", "-inf", "1e300", "1e9"])
def test_a_duration_that_nothing_has_is_none(span_of, seconds):
    """Its line is a line and no more."""
    assert span_of(seconds=seconds) is None


def test_a_duration_that_is_no_number_is_looked_for_elsewhere(span_of):
    """Milliseconds are taken where the seconds say nothing."""
    assert 20_000 == span_of(seconds="nan", duration_ms=20).duration


def test_a_number_that_is_too_long_stays_a_text(span_of):
    """No database holds it as a number; the span is kept."""
    assert "9" * 30 == span_of(bytes="9" * 30).attributes["http.response.body.size"]
