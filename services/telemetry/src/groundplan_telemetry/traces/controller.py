"""What is asked of traces over HTTP: lists, one whole, services, and the graph."""

import re
import time
from collections.abc import Sequence
from typing import Any, Final

from groundplan_telemetry import times
from groundplan_telemetry.disk import question as asked
from groundplan_telemetry.disk.reading import SlowError, deadline, reading
from groundplan_telemetry.disk.shelf import Shelf
from groundplan_telemetry.http import reply
from groundplan_telemetry.http.reply import Refused, Reply
from groundplan_telemetry.http.request import Request
from groundplan_telemetry.http.routing import Route
from groundplan_telemetry.records.span import Span
from groundplan_telemetry.state import State
from groundplan_telemetry.traces import edges, search, stored
from groundplan_telemetry.traces.duration import quantile
from groundplan_telemetry.traces.search import Question

USUAL: Final = 20
MOST: Final = 100
STATUSES: Final = {"": None, "error": True, "ok": False}
GRAPH_OF: Final = 900_000_000
"""Microseconds that the graph shows where no time is given."""


class Traces:
    """Answers from one shelf of spans."""

    def __init__(self, state: State, shelf: Shelf[Span]) -> None:
        self._state = state
        self._shelf = shelf

    def routes(self) -> Sequence[Route]:
        """Return what it answers."""
        return (
            Route("GET", "/traces", self._list),
            Route("GET", "/traces/{trace_id}", self._one),
            Route("GET", "/services", self._services),
            Route("GET", "/graph", self._graph),
        )

    async def _list(self, request: Request) -> Reply:
        page = await patiently(self._state, search.search, self._shelf, _question(request))
        items = [stored.summary(each) for each in page.traces]
        return reply.json({"items": items, "next": str(page.next) if page.next else None})

    async def _one(self, request: Request) -> Reply:
        written = request.parts["trace_id"].lower()
        if not re.fullmatch("[0-9a-f]{32}", written):
            raise Refused(400, "invalid_request", "A trace's id has 32 hexadecimal digits.")
        found = await patiently(self._state, search.load, self._shelf, bytes.fromhex(written))
        if not found.spans:
            raise Refused(404, "not_found", f"No span of trace {written} is kept.")
        return reply.json({"trace_id": written, "spans": stored.documents(found)})

    async def _services(self, _: Request) -> Reply:
        found = await patiently(self._state, operations, self._shelf)
        items = [{"service": name, "operations": sorted(found[name])} for name in sorted(found)]
        return reply.json({"items": items})

    async def _graph(self, request: Request) -> Reply:
        high = request.moment("to") or time.time_ns() // 1000
        low = request.moment("from") or max(0, high - GRAPH_OF)
        if low >= high:
            raise Refused(400, "invalid_request", "`from` must be earlier than `to`")
        found = await patiently(self._state, graph, self._shelf, low, high)
        seconds = (high - low) / 1e6
        shown = {"from": times.written(low), "to": times.written(high)}
        return reply.json({"items": [_edge(each, seconds) for each in found], **shown})


async def patiently(state: State, work: Any, *given: Any) -> Any:
    """Search on a thread of its own.

    Raises:
        Refused: it took too long.
    """
    try:
        return await state.apart(work, *given)
    except SlowError:
        detail = "The search took too long; ask for a shorter time or for a service."
        raise Refused(503, "search_too_slow", detail) from None


def operations(shelf: Shelf[Span]) -> dict[str, set[str]]:
    """Return the names of spans by service."""
    found: dict[str, set[str]] = {}
    until = deadline()
    for part in shelf.newest_first():
        with reading(part, until) as connection:
            if connection is not None:
                for service, name in connection.execute("SELECT service, name FROM operations"):
                    found.setdefault(service, set()).add(name)
    return found


def graph(shelf: Shelf[Span], low: int, high: int) -> list[edges.Edge]:
    """Return who called whom between two times, to the minute."""
    rows: list[tuple[str, str, int, int, str]] = []
    until = deadline()
    for part in shelf.newest_first(low - edges.KEPT_OPEN, high + edges.KEPT_OPEN):
        with reading(part, until) as connection:
            if connection is not None:
                bounds = (low - edges.MINUTE + 1, high)
                rows += connection.execute(
                    "SELECT caller, callee, calls, errors, buckets FROM edges"
                    " WHERE minute BETWEEN ? AND ?",
                    bounds,
                )
    return sorted(edges.gather(rows), key=lambda edge: (edge.caller, edge.callee))


def _edge(edge: edges.Edge, seconds: float) -> dict[str, Any]:
    return {
        "from": edge.caller,
        "to": edge.callee,
        "requests_per_second": edge.calls / seconds,
        "error_ratio": edge.errors / edge.calls,
        "p95_ms": quantile(edge.buckets, 0.95) / 1000,
    }


def _question(request: Request) -> Question:
    status = request.text("status")
    if status not in STATUSES:
        raise Refused(400, "invalid_request", f"`status` must be error or ok, is {status!r}")
    most = request.number("max_ms")
    return Question(
        window=asked.window(request, USUAL, MOST),
        service=request.text("service"),
        operation=request.text("operation"),
        least=(request.number("min_ms") or 0.0) * 1000,
        most=None if most is None else most * 1000,
        failed=STATUSES[status],
        attributes=asked.attributes(request),
    )
