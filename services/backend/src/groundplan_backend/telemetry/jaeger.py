"""Jaeger's query API (the JSON that its own pages read), in versions 1 and 2.

Three things differ from what we promise. A search there names a service, so without one every
service is searched. It has no pages, so a cursor is the moment before which the next page ends.
And it counts no errors between services, so the graph is drawn from the latest traces; rates are
told only where those are all that it has of the time.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec

from groundplan_backend.errors import InvalidRequest, TelemetryUnavailable
from groundplan_backend.telemetry import calls
from groundplan_backend.telemetry.ask import Answer, Place
from groundplan_backend.telemetry.jaeger_spans import Found, title, trace
from groundplan_backend.telemetry.trace_schemas import (
    ServiceGraph,
    Trace,
    TracedService,
    TracedServicePage,
    TracePage,
    TraceQuery,
)
from groundplan_backend.telemetry.window import Window
from groundplan_contracts.problem import FieldError

_SERVICES: Final = 20
"""Services that are searched when none is named."""
_DRAWN: Final = 100
"""Traces of each service that the graph is drawn from."""
_MICROSECOND: Final = timedelta(microseconds=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NOT_FOUND: Final = frozenset({400, 404})


class _Traces(msgspec.Struct):
    data: list[Found] | None = None


class _Services(msgspec.Struct):
    data: list[str] | None = None


class _Operation(msgspec.Struct):
    name: str


class _Operations(msgspec.Struct):
    data: list[_Operation] | None = None


class Jaeger:
    """Asks one query service."""

    kind: Final = "jaeger"

    def __init__(self, place: Place) -> None:
        self._place = place

    async def search(self, query: TraceQuery, window: Window) -> TracePage:
        """Return a page of traces, latest first.

        Raises:
            InvalidRequest: the cursor is none.
            TelemetryUnavailable: there is no answer in time.
        """
        window = Window(window.start, _before(query, window))
        if window.start >= window.end:
            return TracePage(items=[], next=None)
        services = [query.service] if isinstance(query.service, str) else await self._names()
        asked = [self._found(_asked(query, window, one)) for one in services[:_SERVICES]]
        found = {one.trace_id: one for each in await asyncio.gather(*asked) for one in each}
        titles = [title(one) for one in found.values() if one.spans]
        titles = [one for one in titles if query.status != "ok" or not one.errors]
        titles.sort(key=lambda one: one.start, reverse=True)
        page = titles[: query.limit]
        # Where a service had as many as were asked for, there may be earlier ones.
        more = len(found) >= query.limit
        following = str(_micros(page[-1].start) - 1) if more and page else None
        return TracePage(items=page, next=following)

    async def one(self, trace_id: str) -> Trace | None:
        """Return a trace, or None.

        Raises:
            TelemetryUnavailable: there is no answer in time.
        """
        answer = await self._place.get(f"/api/traces/{trace_id}")
        if answer.status in _NOT_FOUND:
            return None
        found = _checked(answer).read(_Traces).data or []
        return trace(trace_id, found[0]) if found else None

    async def services(self) -> TracedServicePage:
        """Return who has sent spans.

        Raises:
            TelemetryUnavailable: there is no answer in time.
        """
        names = await self._names()
        operations = await asyncio.gather(*(self._operations(name) for name in names))
        items = [
            TracedService(service=name, operations=known)
            for name, known in zip(names, operations, strict=True)
        ]
        return TracedServicePage(items=items, next=None)

    async def graph(self, window: Window) -> ServiceGraph:
        """Return who called whom in the latest traces.

        Raises:
            TelemetryUnavailable: there is no answer in time.
        """
        times = {"start": _micros(window.start), "end": _micros(window.end), "limit": _DRAWN}
        names = await self._names()
        asked = [self._found({**times, "service": name}) for name in names[:_SERVICES]]
        answers = await asyncio.gather(*asked)
        is_all = len(names) <= _SERVICES and all(len(each) < _DRAWN for each in answers)
        found = {one.trace_id: one for each in answers for one in each}
        spans = [trace(one.trace_id, one).spans for one in found.values()]
        items = calls.between(spans, window.seconds if is_all else None)
        return ServiceGraph(items=items, sampled=True)

    async def ask(self) -> None:
        """Return when it answers.

        Raises:
            TelemetryUnavailable: it does not.
        """
        await self._names()

    async def _names(self) -> list[str]:
        answer = await self._place.get("/api/services")
        return sorted(_checked(answer).read(_Services).data or [])

    async def _operations(self, service: str) -> list[str]:
        answer = await self._place.get("/api/operations", {"service": service})
        return sorted({one.name for one in _checked(answer).read(_Operations).data or []})

    async def _found(self, parameters: dict[str, Any]) -> list[Found]:
        answer = await self._place.get("/api/traces", parameters)
        return _checked(answer).read(_Traces).data or []


def _checked(answer: Answer) -> Answer:
    if answer.status != 200:
        raise TelemetryUnavailable(f"traces: answered with {answer.status}")
    return answer


def _asked(query: TraceQuery, window: Window, service: str) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "service": service,
        "start": _micros(window.start),
        "end": _micros(window.end),
        "limit": query.limit,
    }
    if isinstance(query.operation, str):
        asked["operation"] = query.operation
    for name, most in (("minDuration", query.min_ms), ("maxDuration", query.max_ms)):
        if isinstance(most, float):
            asked[name] = f"{round(most * 1000)}us"
    tags = {"error": "true"} if query.status == "error" else {}
    if isinstance(query.attribute, str):
        name, _, value = query.attribute.partition(":")
        tags[name] = value
    if tags:
        asked["tags"] = msgspec.json.encode(tags).decode()
    return asked


def _before(query: TraceQuery, window: Window) -> datetime:
    if not isinstance(query.after, str):
        return window.end
    try:
        return min(window.end, _EPOCH + int(query.after) * _MICROSECOND)
    except (ValueError, OverflowError) as error:
        fault = FieldError("after", "is no cursor of ours")
        raise InvalidRequest("the query is not as described", errors=[fault]) from error


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND
