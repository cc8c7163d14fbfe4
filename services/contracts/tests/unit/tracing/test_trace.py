import time

from groundplan_contracts.tracing.span import Kind, Span
from groundplan_contracts.tracing.trace import Trace, caller, current, stamp

TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


def test_work_stands_below_its_request_and_within_its_time() -> None:
    """Spans of one request share its trace, have it as parent, and real times of day."""
    kept: list[Span] = []
    before = time.time_ns()
    trace = Trace(kept.append, TRACE, SPAN)
    began = time.perf_counter()
    trace.call("GET", Kind.CLIENT, time.perf_counter(), {"db.system.name": "redis"})
    trace.end("GET /x", Kind.SERVER, began, {}, "500")
    work, own = kept
    assert (TRACE, SPAN, "500") == (own.trace_id, own.parent_id, own.error)
    assert (TRACE, own.span_id) == (work.trace_id, work.parent_id)
    assert before - 1_000_000 <= own.start <= work.start <= work.end <= own.end
    assert own.end <= time.time_ns() + 1_000_000


def test_what_is_called_learns_of_the_trace() -> None:
    """The header names the request's own span as the caller."""
    trace = Trace([].append, TRACE, SPAN)
    assert f"00-{TRACE}-{trace.span_id}-01" == trace.header()


def test_lines_of_the_log_name_trace_and_span() -> None:
    """Within a sampled request both, in another the trace, outside neither; what is said stays."""
    trace = Trace([].append, TRACE, SPAN)
    assert {"message": "m"} == stamp(None, "info", {"message": "m"})
    called = caller.set(f"00-{TRACE}-{SPAN}-00")
    assert {"trace_id": TRACE} == stamp(None, "info", {})
    token = current.set(trace)
    assert {"trace_id": TRACE, "span_id": trace.span_id} == stamp(None, "info", {})
    assert "other" == stamp(None, "info", {"trace_id": "other"})["trace_id"]
    current.reset(token)
    caller.reset(called)
