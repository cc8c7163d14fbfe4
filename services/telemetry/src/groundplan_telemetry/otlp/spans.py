"""Spans out of a request of OpenTelemetry's protocol, less what no span keeps."""

from functools import partial
from typing import Any, Final

import msgspec

from groundplan_contracts.tracing.private import is_private
from groundplan_telemetry.otlp import identifier
from groundplan_telemetry.otlp.batch import LONGEST, Batch
from groundplan_telemetry.otlp.value import (
    KeyValue,
    attributes_of_json,
    attributes_of_protobuf,
    cut,
)
from groundplan_telemetry.records import source
from groundplan_telemetry.records.source import Source
from groundplan_telemetry.records.span import Event, Kind, Span

FAILED: Final = 2
"""The code of a status that says so."""
MOST_EVENTS: Final = 32
NANO: Final = 1000
LATEST: Final = 7_258_118_400_000_000
"""The year 2200 in microseconds: no event is later."""
_KINDS: Final = frozenset(kind.value for kind in Kind)


class _Event(msgspec.Struct):
    name: str = ""
    timeUnixNano: int | str = 0  # noqa: N815 - the protocol's names
    attributes: list[KeyValue] = []


class _Status(msgspec.Struct):
    code: int | str = 0
    message: str = ""


class _Span(msgspec.Struct):
    traceId: str = ""  # noqa: N815
    spanId: str = ""  # noqa: N815
    parentSpanId: str = ""  # noqa: N815
    name: str = ""
    kind: int = 0
    startTimeUnixNano: int | str = 0  # noqa: N815
    endTimeUnixNano: int | str = 0  # noqa: N815
    attributes: list[KeyValue] = []
    events: list[_Event] = []
    status: _Status = msgspec.field(default_factory=_Status)


class _Resource(msgspec.Struct):
    attributes: list[KeyValue] = []


class _ScopeSpans(msgspec.Struct):
    spans: list[_Span] = []


class _ResourceSpans(msgspec.Struct):
    resource: _Resource = msgspec.field(default_factory=_Resource)
    scopeSpans: list[_ScopeSpans] = []  # noqa: N815


class _Request(msgspec.Struct):
    resourceSpans: list[_ResourceSpans] = []  # noqa: N815


_decode = msgspec.json.Decoder(_Request).decode


def of_json(body: bytes, keep: float) -> Batch[Span]:
    """Return the spans of a request in JSON.

    Raises:
        ValueError: it is no such request.
    """
    batch = Batch[Span]()
    for group in _decode(body).resourceSpans:
        from_ = source.of_resource(attributes_of_json(group.resource.attributes))
        for scope in group.scopeSpans:
            batch.take(scope.spans, partial(_of_json, from_), keep)
    return batch


def of_protobuf(body: bytes, keep: float) -> Batch[Span]:
    """Return the spans of a request in protobuf.

    Raises:
        ValueError: it is no such request.
    """
    # Our own services send JSON: who starts a store need not wait for this.
    from groundplan_telemetry.otlp import protobuf

    try:
        request = protobuf.ExportTraceServiceRequest.FromString(body)
    except protobuf.DecodeError as error:
        raise ValueError(str(error)) from None
    batch = Batch[Span]()
    for group in request.resource_spans:
        from_ = source.of_resource(attributes_of_protobuf(group.resource.attributes))
        for scope in group.scope_spans:
            batch.take(scope.spans, partial(_of_protobuf, from_), keep)
    return batch


def _of_json(from_: Source, span: _Span) -> Span:
    start = int(span.startTimeUnixNano) // NANO
    return Span(
        identifier.trace(bytes.fromhex(span.traceId)),
        identifier.span(bytes.fromhex(span.spanId)),
        identifier.optional(bytes.fromhex(span.parentSpanId), identifier.SPAN),
        from_,
        cut(span.name),
        _kind(span.kind),
        start,
        _duration(start, int(span.endTimeUnixNano) // NANO),
        span.status.code in (FAILED, "STATUS_CODE_ERROR"),
        _told(attributes_of_json(span.attributes)),
        tuple(_event(each) for each in span.events[:MOST_EVENTS]),
        cut(span.status.message),
    )


def _event(event: _Event) -> Event:
    at = _moment(int(event.timeUnixNano))
    return Event(cut(event.name), at, _told(attributes_of_json(event.attributes)))


def _of_protobuf(from_: Source, span: Any) -> Span:
    start = span.start_time_unix_nano // NANO
    return Span(
        identifier.trace(span.trace_id),
        identifier.span(span.span_id),
        identifier.optional(span.parent_span_id, identifier.SPAN),
        from_,
        cut(span.name),
        _kind(span.kind),
        start,
        _duration(start, span.end_time_unix_nano // NANO),
        span.status.code == FAILED,
        _told(attributes_of_protobuf(span.attributes)),
        tuple(_event_of_protobuf(each) for each in span.events[:MOST_EVENTS]),
        cut(span.status.message),
    )


def _event_of_protobuf(event: Any) -> Event:
    at = _moment(event.time_unix_nano)
    return Event(cut(event.name), at, _told(attributes_of_protobuf(event.attributes)))


def _told(attributes: dict[str, Any]) -> dict[str, Any]:
    if any(map(is_private, attributes)):
        return {name: each for name, each in attributes.items() if not is_private(name)}
    return attributes


def _kind(number: int) -> int:
    return number if number in _KINDS else Kind.UNSPECIFIED


def _duration(start: int, end: int) -> int:
    """Return a span's microseconds; one that ends before it begins takes none."""
    if end - start > LONGEST:
        raise ValueError("a span ends within a month")
    return max(0, end - start)


def _moment(nanoseconds: int) -> int:
    return min(max(0, nanoseconds // NANO), LATEST)
