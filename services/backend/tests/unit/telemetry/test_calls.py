"""Calls counted from spans."""

from datetime import UTC, datetime

from groundplan_backend.telemetry import calls
from groundplan_backend.telemetry.trace_schemas import Span


def _span(
    number: str,
    parent: str,
    service: str,
    took: float,
    status: str = "unset",
    kind: str = "server",
    **attributes: str,
) -> Span:
    return Span(
        span_id=number,
        parent_id=parent,
        service=service,
        replica="",
        name="n",
        kind=kind,  # type: ignore[arg-type]
        start=datetime(2026, 11, 23, tzinfo=UTC),
        duration_ms=took,
        status=status,  # type: ignore[arg-type]
        attributes={name.replace("_", "."): value for name, value in attributes.items()},
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
    assert [("edge", "backend")] == [
        (one.caller, one.called) for one in calls.between(traces, 1.0)
    ]


def test_errors_and_the_slow_end_are_counted() -> None:
    """Of a hundred calls the 95th percentile is the slowest but four."""
    spans = [_span("0", "", "edge", 0)]
    spans += [_span(str(n), "0", "backend", n, "error" if n > 90 else "ok") for n in range(1, 101)]
    (call,) = calls.between([spans], None)
    assert (0.1, 96, None) == (call.error_ratio, call.p95_ms, call.requests_per_second)


def test_a_rate_is_that_of_the_time_in_which_all_are_known() -> None:
    """Four calls in eight seconds are half a one a second."""
    spans = [_span("0", "", "edge", 0), *(_span(n, "0", "backend", 1) for n in "1234")]
    (call,) = calls.between([spans], 8.0)
    assert 0.5 == call.requests_per_second


def test_stores_are_called_too() -> None:
    """They write no spans: the client's tells of them, by the name that the component has."""
    spans = [
        _span("1", "", "backend", 9),
        _span("2", "1", "backend", 2, kind="client", db_system_name="postgresql"),
        _span("3", "1", "backend", 1, "error", kind="client", db_system_name="redis"),
        _span("4", "1", "backend", 1, kind="client", db_system="mysql"),
        _span("5", "1", "backend", 1, kind="internal", db_system_name="redis"),
    ]
    found = [(one.called, one.error_ratio) for one in calls.between([spans], None)]
    assert [("cache", 1.0), ("database", 0.0), ("mysql", 0.0)] == found


def test_nothing_makes_no_calls() -> None:
    """A graph may be empty."""
    assert [] == calls.between([], 1.0)
