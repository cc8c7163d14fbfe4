"""Spans as OTLP's JSON (`ExportTraceServiceRequest`), in one pass and without a library for it."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from groundplan_contracts.tracing.span import Attributes, Event, Span, Value

PATH: Final = "/v1/traces"
MEDIA_TYPE: Final = "application/json"
_SCOPE: Final = {"name": "groundplan"}
_ERROR: Final = 2
_encode: Final = msgspec.json.Encoder().encode


def encode(resource: Mapping[str, str], spans: Iterable[Span]) -> bytes:
    """Return one request that holds the spans of one resource."""
    described = {"attributes": [_attribute(*each) for each in resource.items()]}
    scope = {"scope": _SCOPE, "spans": [_span(each) for each in spans]}
    return _encode({"resourceSpans": [{"resource": described, "scopeSpans": [scope]}]})


def _span(span: Span) -> dict[str, Any]:
    attributes = _attributes(span.attributes)
    found: dict[str, Any] = {
        "traceId": span.trace_id,
        "spanId": span.span_id,
        "name": span.name,
        "kind": int(span.kind),
        # 64 bits do not fit into a number of JSON: they are written as text.
        "startTimeUnixNano": str(span.start),
        "endTimeUnixNano": str(span.end),
        "attributes": attributes,
    }
    if span.parent_id:
        found["parentSpanId"] = span.parent_id
    if span.events:
        found["events"] = [_event(each) for each in span.events]
    if span.error:
        found["status"] = {"code": _ERROR}
        attributes.append(_attribute("error.type", span.error))
    return found


def _event(event: Event) -> dict[str, Any]:
    return {
        "timeUnixNano": str(event.time),
        "name": event.name,
        "attributes": _attributes(event.attributes),
    }


def _attributes(attributes: Attributes) -> list[dict[str, Any]]:
    return [_attribute(name, value) for name, value in attributes.items()]


def _attribute(name: str, value: Value) -> dict[str, Any]:
    return {"key": name, "value": _value(value)}


def _value(value: Value) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int):
        return {"intValue": str(value)}
    if isinstance(value, float):
        return {"doubleValue": value}
    return {"stringValue": value}
