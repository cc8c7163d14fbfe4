"""Routes of traces: search, one, who sends them, and who calls whom."""

import re
from typing import Final

from groundplan_backend.errors import NotFound, TelemetryOff, TelemetryUnavailable
from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_backend.telemetry import trace_schemas as schemas
from groundplan_backend.telemetry import window as windows
from groundplan_backend.telemetry.ask import within
from groundplan_backend.telemetry.schemas import RangeQuery
from groundplan_backend.telemetry.sources import Traces
from groundplan_contracts.identity import Role

_PREFIX: Final = "/api/v1/telemetry"
_ERRORS: Final = (TelemetryOff, TelemetryUnavailable)
_TRACE_ID: Final = re.compile(r"[0-9a-f]{32}")


class TraceController:
    """Answers for `/api/v1/telemetry/traces`, `services` and `graph`."""

    def __init__(self, traces: Traces | None) -> None:
        self._traces = traces

    @operation(
        "GET",
        f"{_PREFIX}/traces",
        "Search the traces",
        role=Role.VIEWER,
        query=schemas.TraceQuery,
        answer=schemas.TracePage,
        errors=_ERRORS,
    )
    async def list_traces(self, exchange: Exchange, query: schemas.TraceQuery) -> Reply:
        """List traces, latest first."""
        return reply.json(await within(self._asked().search(query, windows.of(query))))

    @operation(
        "GET",
        f"{_PREFIX}/traces/{{trace:str}}",
        "Read a trace",
        role=Role.VIEWER,
        forms={"trace": "^[0-9a-f]{32}$"},
        answer=schemas.Trace,
        errors=_ERRORS,
    )
    async def read_trace(self, exchange: Exchange, trace: str) -> Reply:
        """Read one with all of its spans; a trace that is not sampled was never kept."""
        traces = self._asked()
        found = await within(traces.one(trace)) if _TRACE_ID.fullmatch(trace) else None
        if found is None:
            raise NotFound("there is no such trace, or it is kept no more")
        return reply.json(found)

    @operation(
        "GET",
        f"{_PREFIX}/services",
        "List who has sent traces",
        role=Role.VIEWER,
        answer=schemas.TracedServicePage,
        errors=_ERRORS,
    )
    async def list_traced_services(self, exchange: Exchange) -> Reply:
        """List services and what their spans are called, for a choice to filter by."""
        return reply.json(await within(self._asked().services()))

    @operation(
        "GET",
        f"{_PREFIX}/graph",
        "Read who calls whom",
        role=Role.VIEWER,
        query=RangeQuery,
        answer=schemas.ServiceGraph,
        errors=_ERRORS,
    )
    async def read_service_graph(self, exchange: Exchange, query: RangeQuery) -> Reply:
        """Read the calls between services, counted from traces."""
        return reply.json(await within(self._asked().graph(windows.of(query))))

    def _asked(self) -> Traces:
        if self._traces is None:
            raise TelemetryOff("TRACES_URL is not set: nothing keeps traces here")
        return self._traces
