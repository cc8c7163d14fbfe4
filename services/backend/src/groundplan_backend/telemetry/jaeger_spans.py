"""Spans as Jaeger writes them, made into ours: processes, references and tags."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec

from groundplan_backend.telemetry.trace_schemas import Span, SpanEvent, Trace, TraceTitle

_KINDS: Final = frozenset({"internal", "server", "client", "producer", "consumer"})
_KIND: Final = "span.kind"
_ERROR: Final = "error"
_STATUS: Final = "otel.status_code"
_OURS: Final = frozenset({_KIND, _STATUS, "internal.span.format"})
"""Tags in which Jaeger keeps what has a place of its own with us."""
_REPLICAS: Final = ("service.instance.id", "k8s.pod.name", "host.name")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MOST: Final = 5_000
"""Spans of a trace that are shown: whoever sends one without end holds nobody up."""
_LONGEST: Final = 31 * 86_400_000_000
"""Microseconds of a span."""


class _Tag(msgspec.Struct):
    key: str
    value: Any = None


class _Reference(msgspec.Struct, rename={"kind": "refType", "span_id": "spanID"}):
    kind: str = ""
    span_id: str = ""


class _Log(msgspec.Struct):
    timestamp: int
    fields: list[_Tag] = []


class _Span(
    msgspec.Struct,
    rename={
        "span_id": "spanID",
        "name": "operationName",
        "start": "startTime",
        "process": "processID",
    },
):
    span_id: str
    name: str
    start: int
    duration: int
    references: list[_Reference] | None = None
    tags: list[_Tag] | None = None
    logs: list[_Log] | None = None
    process: str = ""


class _Process(msgspec.Struct):
    service: str = msgspec.field(default="", name="serviceName")
    tags: list[_Tag] | None = None


class Found(msgspec.Struct):
    """A trace as it is answered."""

    trace_id: str = msgspec.field(name="traceID")
    spans: list[_Span] = []
    processes: dict[str, _Process] = {}


def trace(trace_id: str, found: Found) -> Trace:
    """Return a trace with its spans, earliest first."""
    earliest = sorted(found.spans, key=lambda span: span.start)[:_MOST]
    spans = [_span(one, found.processes.get(one.process, _Process())) for one in earliest]
    spans.sort(key=lambda span: span.start)
    left_out = len(found.spans) - len(spans)
    if left_out:
        attributes = {"count": left_out}
        told = SpanEvent(time=spans[0].start, name="spans left out", attributes=attributes)
        spans[0].events.append(told)
    return Trace(trace_id=trace_id, spans=spans)


def title(found: Found) -> TraceTitle:
    """Return a trace as it stands in the list; it has a span."""
    spans = trace(found.trace_id, found).spans
    known = {span.span_id for span in spans}
    first = next((span for span in spans if span.parent_id not in known), spans[0])
    end = max(span.start + timedelta(milliseconds=span.duration_ms) for span in spans)
    return TraceTitle(
        trace_id=found.trace_id,
        service=first.service,
        name=first.name,
        start=spans[0].start,
        duration_ms=(end - spans[0].start) / timedelta(milliseconds=1),
        spans=len(found.spans),
        errors=sum(span.status == "error" for span in spans),
        services=sorted({span.service for span in spans}),
    )


def _span(span: _Span, process: _Process) -> Span:
    tags = {tag.key: tag.value for tag in span.tags or ()}
    around = {tag.key: tag.value for tag in process.tags or ()}
    kind = str(tags.get(_KIND, ""))
    return Span(
        span_id=span.span_id,
        parent_id=_parent(span.references or []),
        service=process.service,
        replica=next((str(around[name]) for name in _REPLICAS if name in around), ""),
        name=span.name,
        kind=kind if kind in _KINDS else "internal",  # type: ignore[arg-type]
        start=_moment(span.start),
        duration_ms=min(max(0, span.duration), _LONGEST) / 1000,
        status=_status(tags),
        attributes={name: value for name, value in tags.items() if name not in _OURS},
        events=[_event(one) for one in span.logs or ()],
    )


def _parent(references: list[_Reference]) -> str:
    return next((one.span_id for one in references if one.kind == "CHILD_OF"), "")


def _status(tags: dict[str, Any]) -> Any:
    if tags.get(_ERROR) in (True, "true") or tags.get(_STATUS) == "ERROR":
        return "error"
    return "ok" if tags.get(_STATUS) == "OK" else "unset"


def _event(log: _Log) -> SpanEvent:
    fields = {one.key: one.value for one in log.fields}
    name = str(fields.pop("event", ""))
    return SpanEvent(time=_moment(log.timestamp), name=name, attributes=fields)


def _moment(micros: int) -> datetime:
    """Return a time; the beginning of time for one that is none."""
    try:
        return _EPOCH + timedelta(microseconds=micros)
    except OverflowError:
        return _EPOCH
