"""Jaeger's query API, against answers in its form."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from groundplan_backend.errors import InvalidRequest, TelemetryUnavailable
from groundplan_backend.telemetry.jaeger import Jaeger
from groundplan_backend.telemetry.trace_schemas import TraceQuery
from groundplan_backend.telemetry.window import Window

_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
_WINDOW = Window(datetime(2026, 11, 23, 6, tzinfo=UTC), datetime(2026, 11, 23, 7, tzinfo=UTC))


@pytest.fixture
def traces(keeper: Any, place: Callable[..., Any]) -> Jaeger:
    """The adapter, over a Jaeger with two services."""
    keeper.knows("/api/services", "jaeger/services.json")
    keeper.knows("/api/operations", "jaeger/operations.json")
    keeper.knows("/api/traces", "jaeger/traces.json")
    keeper.knows(f"/api/traces/{_TRACE}", "jaeger/trace.json")
    return Jaeger(place())


async def test_a_search_is_asked_in_jaegers_words(keeper: Any, traces: Jaeger) -> None:
    """Times are microseconds, durations have units, and attributes are tags."""
    query = TraceQuery(
        service="backend",
        operation="GET",
        min_ms=1.5,
        max_ms=2000.0,
        status="error",
        attribute="http.route:/a:b",
        limit=7,
    )
    await traces.search(query, _WINDOW)
    asked = keeper.asked[0].query
    assert {"error": "true", "http.route": "/a:b"} == json.loads(asked.pop("tags"))
    assert {
        "service": "backend",
        "operation": "GET",
        "start": "1795413600000000",
        "end": "1795417200000000",
        "minDuration": "1500us",
        "maxDuration": "2000000us",
        "limit": "7",
    } == asked


async def test_traces_are_listed_once_and_latest_first(keeper: Any, traces: Jaeger) -> None:
    """Without a service all are searched; a trace of several services is one."""
    page = await traces.search(TraceQuery(), _WINDOW)
    assert [_TRACE, "0af7651916cd43dd8448eb211c80319c"] == [one.trace_id for one in page.items]
    first = page.items[0]
    assert ("frontend", "GET", 3, 1) == (first.service, first.name, first.spans, first.errors)
    assert (52.31, ["backend", "frontend"]) == (first.duration_ms, first.services)
    assert page.next is None
    asked = [one.query["service"] for one in keeper.asked if one.path == "/api/traces"]
    assert ["backend", "frontend"] == sorted(asked)


async def test_the_next_page_ends_before_this_one(keeper: Any, traces: Jaeger) -> None:
    """A cursor is a moment; the last page has none."""
    page = await traces.search(TraceQuery(service="frontend", limit=1), _WINDOW)
    assert ([_TRACE], "1795414499999999") == ([one.trace_id for one in page.items], page.next)
    assert page.next is not None
    await traces.search(TraceQuery(service="frontend", after=page.next), _WINDOW)
    assert page.next == keeper.asked[-1].query["end"]
    past = await traces.search(TraceQuery(service="frontend", after="5"), _WINDOW)
    assert ([], None) == (past.items, past.next)
    with pytest.raises(InvalidRequest):
        await traces.search(TraceQuery(after="x"), _WINDOW)


async def test_what_went_well_has_no_error(traces: Jaeger) -> None:
    """Jaeger cannot be asked for it, so what has errors is left out here."""
    page = await traces.search(TraceQuery(status="ok"), _WINDOW)
    assert [0] == [one.errors for one in page.items]


async def test_one_trace_or_none(keeper: Any, traces: Jaeger) -> None:
    """What Jaeger does not know is no failure."""
    found = await traces.one(_TRACE)
    assert found is not None
    assert 3 == len(found.spans)
    other = "0" * 31 + "1"
    keeper.knows(f"/api/traces/{other}", "jaeger/not_found.json", 404)
    assert await traces.one(other) is None


async def test_services_have_their_operations(traces: Jaeger) -> None:
    """Each name stands once, whatever kinds of spans it has."""
    page = await traces.services()
    assert ["backend", "frontend"] == [one.service for one in page.items]
    assert ["GET", "catalog.list_services"] == page.items[0].operations


async def test_the_graph_is_drawn_from_traces(traces: Jaeger) -> None:
    """Calls between components count, also of a database, which writes no spans."""
    graph = await traces.graph(_WINDOW)
    told = [(one.caller, one.called, one.error_ratio, one.p95_ms) for one in graph.items]
    assert [("backend", "database", 1.0, 41.0), ("frontend", "backend", 0.0, 48.1)] == told
    assert [1 / 3600, 1 / 3600] == [one.requests_per_second for one in graph.items]
    assert graph.sampled


async def test_a_rate_is_not_made_up(keeper: Any, traces: Jaeger) -> None:
    """Where as many traces came as were asked for, or services were left out, some are unknown."""
    found = json.loads(keeper.answers["/api/traces"][1])["data"]
    keeper.says("/api/traces", {"data": found * 50})
    graph = await traces.graph(_WINDOW)
    assert [None, None] == [one.requests_per_second for one in graph.items]
    keeper.says("/api/traces", {"data": found})
    keeper.says("/api/services", {"data": [f"s{number}" for number in range(21)]})
    graph = await traces.graph(_WINDOW)
    assert [None, None] == [one.requests_per_second for one in graph.items]


async def test_a_refusal_is_no_answer(keeper: Any, traces: Jaeger) -> None:
    """Nobody takes an error for an empty list."""
    keeper.knows("/api/traces", "jaeger/service_required.json", 400)
    with pytest.raises(TelemetryUnavailable):
        await traces.search(TraceQuery(service="backend"), _WINDOW)
