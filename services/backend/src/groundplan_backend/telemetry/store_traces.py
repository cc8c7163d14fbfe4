"""Traces of the store of one machine, whose answers are almost those of the API."""

import time
from typing import Any, Final

import msgspec

from groundplan_backend.errors import InvalidRequest, TelemetryUnavailable
from groundplan_backend.telemetry import window as windows
from groundplan_backend.telemetry.ask import Answer, Place
from groundplan_backend.telemetry.trace_schemas import (
    Call,
    ServiceGraph,
    Span,
    SpanEvent,
    Trace,
    TracedService,
    TracedServicePage,
    TracePage,
    TraceQuery,
    TraceTitle,
)
from groundplan_backend.telemetry.window import Window

_NOT_FOUND: Final = 404
_OK: Final = 200
_REFUSED: Final = 400
_LONG: Final = 0.8
"""Seconds after which a search shows what it has found, and where to go on."""


class Page(msgspec.Struct):
    """A page of whatever it is."""

    items: list[dict[str, Any]]
    next: str | None = None


class _Problem(msgspec.Struct):
    detail: str = ""


class _Trace(msgspec.Struct):
    trace_id: str
    spans: list[dict[str, Any]]


class StoreTraces:
    """Asks the store."""

    kind: Final = "store"

    def __init__(self, place: Place) -> None:
        self._place = place

    async def search(self, query: TraceQuery, window: Window) -> TracePage:
        """Return a page of traces, latest first.

        Raises:
            TelemetryUnavailable: there is no answer in time.
        """
        asked = {
            "service": query.service,
            "operation": query.operation,
            "min_ms": query.min_ms,
            "max_ms": query.max_ms,
            "status": query.status,
            "attribute": query.attribute,
            "after": query.after,
        }
        page = await gathered(self._place, "/traces", given(asked, window, query.limit))
        return TracePage(items=[shown(TraceTitle, one) for one in page.items], next=page.next)

    async def one(self, trace_id: str) -> Trace | None:
        """Return a trace, or None.

        Raises:
            TelemetryUnavailable: there is no answer in time.
        """
        answer = await self._place.get(f"/traces/{trace_id}")
        if answer.status == _NOT_FOUND:
            return None
        found = checked(answer).read(_Trace)
        return Trace(trace_id=found.trace_id, spans=[_span(span) for span in found.spans])

    async def services(self) -> TracedServicePage:
        """Return who has sent spans.

        Raises:
            TelemetryUnavailable: there is no answer in time.
        """
        page = _page(await self._place.get("/services"))
        return TracedServicePage(
            items=[shown(TracedService, one) for one in page.items], next=None
        )

    async def graph(self, window: Window) -> ServiceGraph:
        """Return who called whom.

        Raises:
            TelemetryUnavailable: there is no answer in time.
        """
        asked = {"from": windows.text(window.start), "to": windows.text(window.end)}
        page = _page(await self._place.get("/graph", asked))
        return ServiceGraph(items=[shown(Call, one) for one in page.items], sampled=True)

    async def ask(self) -> None:
        """Return when it answers.

        Raises:
            TelemetryUnavailable: it does not.
        """
        checked(await self._place.get("/services"))


def given(asked: dict[str, Any], window: Window, limit: int) -> dict[str, str | int]:
    """Return the parameters of a search, without those that nobody asked for."""
    told = {name: value for name, value in asked.items() if value is not msgspec.UNSET}
    start, end = windows.text(window.start), windows.text(window.end)
    return {**told, "from": start, "to": end, "limit": limit}


async def gathered(place: Place, path: str, asked: dict[str, str | int]) -> Page:
    """Return a page of a search, which the store makes in several steps where it finds little.

    Raises:
        InvalidRequest: the store cannot read what it was asked.
        TelemetryUnavailable: there is no answer in time.
    """
    limit, until = int(asked["limit"]), time.monotonic() + _LONG
    found = _page(await place.get(path, asked))
    while found.next and len(found.items) < limit and time.monotonic() < until:
        rest = {**asked, "after": found.next, "limit": limit - len(found.items)}
        more = _page(await place.get(path, rest))
        found = Page(found.items + more.items, more.next)
    return found


def checked(answer: Answer) -> Answer:
    """Return an answer that is one.

    Raises:
        InvalidRequest: the store cannot read what it was asked: a cursor that is none.
        TelemetryUnavailable: it has another status.
    """
    if answer.status == _OK:
        return answer
    problem = answer.read(_Problem)
    if answer.status == _REFUSED:
        raise InvalidRequest(problem.detail or "the query is not as described")
    raise TelemetryUnavailable(problem.detail or f"the store answers with {answer.status}")


def shown(kind: Any, values: dict[str, Any]) -> Any:
    """Return an object of the API made of what the store says; what else it says is left out.

    Raises:
        TelemetryUnavailable: something is missing or of another type.
    """
    names = kind.__struct_encode_fields__
    told = {name: values[name] for name in names if name in values}
    try:
        return msgspec.convert(told, kind)
    except msgspec.ValidationError as error:
        raise TelemetryUnavailable(f"the answer is not as agreed: {error}") from error


def _page(answer: Answer) -> Page:
    return checked(answer).read(Page)


def _span(span: dict[str, Any]) -> Any:
    events = [msgspec.structs.asdict(shown(SpanEvent, one)) for one in span.get("events") or ()]
    parent = span.get("parent_id") or ""
    return shown(Span, {**span, "events": events, "parent_id": parent})
