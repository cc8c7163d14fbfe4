"""Spans out of a request of OpenTelemetry's protocol."""

from functools import partial
from typing import Any, Final

import msgspec
from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from groundplan_telemetry.otlp import identifier
from groundplan_telemetry.otlp.batch import Batch
from groundplan_telemetry.otlp.value import (
    KeyValue,
    attributes_of_json,
    attributes_of_protobuf,
    cut,
)
from groundplan_telemetry.records import source
from groundplan_telemetry.records.source import Source
from groundplan_telemetry.records.span import Event, Span

FAILED: Final = 2
"""The code of a status that says so."""
MOST_EVENTS: Final = 32
NANO: Final = 1000


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
    try:
        request = ExportTraceServiceRequest.FromString(body)
    except DecodeError as error:
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
        span.kind if 0 <= span.kind <= 5 else 0,
        start,
        max(0, int(span.endTimeUnixNano) // NANO - start),
        span.status.code in (FAILED, "STATUS_CODE_ERROR"),
        attributes_of_json(span.attributes),
        tuple(_event(each) for each in span.events[:MOST_EVENTS]),
        cut(span.status.message),
    )


def _event(event: _Event) -> Event:
    at = int(event.timeUnixNano) // NANO
    return Event(cut(event.name), at, attributes_of_json(event.attributes))


def _of_protobuf(from_: Source, span: Any) -> Span:
    start = span.start_time_unix_nano // NANO
    return Span(
        identifier.trace(span.trace_id),
        identifier.span(span.span_id),
        identifier.optional(span.parent_span_id, identifier.SPAN),
        from_,
        cut(span.name),
        span.kind,
        start,
        max(0, span.end_time_unix_nano // NANO - start),
        span.status.code == FAILED,
        attributes_of_protobuf(span.attributes),
        tuple(_event_of_protobuf(each) for each in span.events[:MOST_EVENTS]),
        cut(span.status.message),
    )


def _event_of_protobuf(event: Any) -> Event:
    at = event.time_unix_nano // NANO
    return Event(cut(event.name), at, attributes_of_protobuf(event.attributes))
