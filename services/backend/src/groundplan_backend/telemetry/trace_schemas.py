"""Traces on the wire: the list, one with its spans, services and the graph between them."""

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, UnsetType

from groundplan_backend.telemetry.schemas import Attribute, Cursor, Name, RangeQuery, Wire, Words

Milliseconds = Annotated[float, Meta(ge=0, le=86_400_000)]


class TraceQuery(RangeQuery, frozen=True, kw_only=True):
    """Which traces."""

    service: Name | UnsetType = UNSET
    operation: Words | UnsetType = UNSET
    min_ms: Milliseconds | UnsetType = UNSET
    max_ms: Milliseconds | UnsetType = UNSET
    status: Literal["ok", "error"] | UnsetType = UNSET
    attribute: Attribute | UnsetType = UNSET
    limit: Annotated[int, Meta(ge=1, le=100)] = 20
    after: Cursor = UNSET


class TraceTitle(Wire):
    """A trace in the list; `service` and `name` are of its first span."""

    trace_id: str
    service: str
    name: str
    start: datetime
    duration_ms: float
    spans: int
    errors: int
    services: list[str]


class TracePage(Wire):
    """Traces, latest first; a page may be short, or empty, and still have a next one."""

    items: list[TraceTitle]
    next: str | None


class SpanEvent(Wire):
    """What happened at one moment of a span."""

    time: datetime
    name: str
    attributes: dict[str, Any]


class Span(Wire):
    """One step of a trace; `parent_id` is empty for the first, or names one that is not here."""

    span_id: str
    parent_id: str
    service: str
    replica: str
    name: str
    kind: Literal["internal", "server", "client", "producer", "consumer"]
    start: datetime
    duration_ms: float
    status: Literal["unset", "ok", "error"]
    attributes: dict[str, Any]
    events: list[SpanEvent]


class Trace(Wire):
    """A trace with all of its spans, earliest first."""

    trace_id: str
    spans: list[Span]


class TracedService(Wire):
    """A service that has sent spans, and what they were called."""

    service: str
    operations: list[str]


class TracedServicePage(Wire):
    """The services of traces, by name."""

    items: list[TracedService]
    next: str | None


class Call(Wire, rename={"caller": "from", "called": "to"}):
    """How often one service calls another, how often in vain, and how long it takes.

    Null is what was not measured.
    """

    caller: str
    called: str
    requests_per_second: float | None
    error_ratio: float | None
    p95_ms: float | None


class ServiceGraph(Wire):
    """Who calls whom; `sampled` tells that rates are of the traces that were kept."""

    items: list[Call]
    sampled: bool
