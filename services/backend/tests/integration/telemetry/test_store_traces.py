"""Traces of the real store."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from groundplan_backend.errors import InvalidRequest, TelemetryUnavailable
from groundplan_backend.telemetry.ask import Place
from groundplan_backend.telemetry.store_traces import StoreTraces
from groundplan_backend.telemetry.trace_schemas import TraceQuery
from groundplan_backend.telemetry.window import Window

_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


def _window() -> Window:
    now = datetime.now(UTC)
    return Window(now - timedelta(hours=1), now + timedelta(hours=1))


async def _ids(place: Place, **query: Any) -> list[str]:
    page = await StoreTraces(place).search(TraceQuery(**query), _window())
    return [one.trace_id for one in page.items]


async def _stored(place: Place) -> None:
    """Wait until what was sent can be found."""
    end = datetime.now(UTC) + timedelta(seconds=20)
    while datetime.now(UTC) < end:
        page = await StoreTraces(place).search(TraceQuery(), _window())
        if {one.trace_id for one in page.items} == {_TRACE, "e" * 32}:
            return
        await asyncio.sleep(0.05)
    raise TimeoutError("the spans are not there")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"service": "backend"}, [_TRACE]),
        ({"operation": "POST"}, ["e" * 32]),
        ({"min_ms": 100.0}, ["e" * 32]),
        ({"max_ms": 100.0}, [_TRACE]),
        ({"status": "error"}, ["e" * 32]),
        ({"status": "ok"}, [_TRACE]),
        ({"attribute": "http.route:/x"}, [_TRACE]),
        ({"service": "nobody"}, []),
    ],
)
async def test_traces_are_found(place: Place, query: dict[str, Any], found: list[str]) -> None:
    """By service, operation, duration, outcome and attribute."""
    await _stored(place)
    assert found == await _ids(place, **query)


async def test_a_page_has_a_next_one(place: Place) -> None:
    """The latest that came first, each once; another's cursor is refused."""
    await _stored(place)
    traces = StoreTraces(place)
    first = await traces.search(TraceQuery(limit=1), _window())
    assert first.next is not None
    second = await traces.search(TraceQuery(limit=1, after=first.next), _window())
    ids = [one.trace_id for one in (*first.items, *second.items)]
    assert sorted([_TRACE, "e" * 32]) == sorted(ids)
    with pytest.raises(InvalidRequest):
        await traces.search(TraceQuery(after="nonsense"), _window())


async def test_one_trace_has_its_spans(place: Place) -> None:
    """With services, parents and attributes; what was never sent is not there."""
    await _stored(place)
    found = await StoreTraces(place).one(_TRACE)
    assert found is not None
    first, second = found.spans
    assert ("frontend", "", "server") == (first.service, first.parent_id, first.kind)
    assert (first.span_id, "backend-1") == (second.parent_id, second.replica)
    assert {"http.route": "/x"} == second.attributes
    assert await StoreTraces(place).one("a" * 32) is None


async def test_services_and_their_graph(place: Place) -> None:
    """Who sent spans, and who called whom."""
    await _stored(place)
    traces = StoreTraces(place)
    services = {one.service: one.operations for one in (await traces.services()).items}
    assert ["GET /x"] == services["backend"]
    (call,) = (await traces.graph(_window())).items
    assert ("frontend", "backend", 0.0) == (call.caller, call.called, call.error_ratio)


async def test_without_the_key_nothing_is_told(store: Any) -> None:
    """The store's refusal is no answer."""
    with pytest.raises(TelemetryUnavailable):
        await StoreTraces(Place(store.url, "Bearer wrong")).ask()
