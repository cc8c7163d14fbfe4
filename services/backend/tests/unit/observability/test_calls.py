import asyncio
import time

import asyncpg
from prometheus_client import CollectorRegistry, generate_latest

from groundplan_backend.observability.calls import Calls, kind_of
from groundplan_contracts.tracing.span import Kind, Span
from groundplan_contracts.tracing.trace import Trace, current


def _text(calls: Calls) -> str:
    registry = CollectorRegistry()
    registry.register(calls.family)
    return generate_latest(registry).decode()


def test_operations_are_counted_by_system_kind_and_failure() -> None:
    """What went well has no kind of error."""
    calls = Calls()
    for error in ("", "", "57014"):
        calls.note("postgresql", "SELECT", "catalog.read", time.perf_counter(), error)
    text = _text(calls)
    name = "db_client_operation_duration_seconds_count"
    assert f'{name}{{error_type="",operation="SELECT",system="postgresql"}} 2.0' in text
    assert f'{name}{{error_type="57014",operation="SELECT",system="postgresql"}} 1.0' in text


def test_an_operation_of_a_sampled_request_is_a_span_below_it() -> None:
    """It has the name of the statement, and neither its text nor a value."""
    kept: list[Span] = []
    trace = Trace(kept.append, "a" * 32)
    token = current.set(trace)
    Calls().note("postgresql", "SELECT", "catalog.read", time.perf_counter(), "57014")
    current.reset(token)
    (span,) = kept
    assert ("catalog.read", Kind.CLIENT, "57014") == (span.name, span.kind, span.error)
    assert trace.span_id == span.parent_id
    assert {
        "db.system.name": "postgresql",
        "db.operation.name": "SELECT",
        "db.query.summary": "catalog.read",
    } == span.attributes


def test_the_kind_of_a_failure_is_postgresqls_code_or_a_name() -> None:
    """Few enough of them to be a label."""
    assert "57014" == kind_of(asyncpg.QueryCanceledError("too slow"))
    assert ["CancelledError", "TimeoutError"] == [
        kind_of(error) for error in (asyncio.CancelledError(), TimeoutError())
    ]
