"""Calls counted from spans."""

from datetime import UTC, datetime

from groundplan_backend.telemetry import calls
from groundplan_backend.telemetry.trace_schemas import Span


def _span(number: str, parent: str, service: str, took: float, status: str = "unset") -> Span:
    return Span(
        span_id=number,
        parent_id=parent,
        service=service,
        replica="",
        name="n",
        kind="server",
        start=datetime(2026, 11, 23, tzinfo=UTC),
        duration_ms=took,
        status=status,  # type: ignore[arg-type]
        attributes={},
        events=[],
    )


def test_only_calls_between_services_count() -> None:
    """Steps within one are no calls, and a parent that is lost has no name."""
    traces = [
        [
            _span("1", "", "edge", 9),
            _span("2", "1", "backend", 8),
            _span("3", "2", "backend", 7),
            _span("4", "lost", "cache", 1),
        ]
    ]
    assert [("edge", "backend")] == [(one.caller, one.called) for one in calls.between(traces)]


def test_errors_and_the_slow_end_are_counted() -> None:
    """Of a hundred calls the 95th percentile is the slowest but four."""
    spans = [_span("0", "", "edge", 0)]
    spans += [_span(str(n), "0", "backend", n, "error" if n > 90 else "ok") for n in range(1, 101)]
    (call,) = calls.between([spans])
    assert (0.1, 96, None) == (call.error_ratio, call.p95_ms, call.requests_per_second)


def test_nothing_makes_no_calls() -> None:
    """A graph may be empty."""
    assert [] == calls.between([])
