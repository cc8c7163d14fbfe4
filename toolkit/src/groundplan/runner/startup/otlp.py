"""A trace as OTLP's JSON, which any tool for traces reads."""

import json
from collections.abc import Mapping
from typing import Any, Final

from groundplan import __version__
from groundplan.runner.startup.trace import UNFINISHED, Attributes, Span, Trace, Value

SERVICE: Final = "groundplan"
INTERNAL: Final = 1
ERROR: Final = 2


def resource(environment: str) -> Attributes:
    """Return who writes the traces of an environment."""
    return {
        "service.name": SERVICE,
        "service.version": __version__,
        "service.instance.id": f"{SERVICE}-1",
        "deployment.environment.name": environment,
    }


def encode(about: Mapping[str, Value], trace: Trace) -> str:
    """Return a trace as one request of OTLP over HTTP; what goes on ends now, and says so."""
    now = trace.now()
    spans = [_span(trace.trace_id, each, now) for each in trace.spans]
    scope = {"scope": {"name": SERVICE, "version": __version__}, "spans": spans}
    described = {"attributes": _attributes(about)}
    return json.dumps(
        {"resourceSpans": [{"resource": described, "scopeSpans": [scope]}]}, separators=(",", ":")
    )


def _span(trace_id: str, span: Span, now: int) -> dict[str, Any]:
    error = span.error if span.end else UNFINISHED
    written: dict[str, Any] = {
        "traceId": trace_id,
        "spanId": span.span_id,
        "name": span.name,
        "kind": INTERNAL,
        "startTimeUnixNano": str(span.start),
        "endTimeUnixNano": str(span.end or now),
        "attributes": _attributes(span.attributes | ({"error.type": error} if error else {})),
    }
    if span.parent_id:
        written["parentSpanId"] = span.parent_id
    if error:
        written["status"] = {"code": ERROR, "message": span.message}
    return written


def _attributes(attributes: Mapping[str, Value]) -> list[dict[str, Any]]:
    return [{"key": name, "value": _value(value)} for name, value in attributes.items()]


def _value(value: Value) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int):
        return {"intValue": str(value)}
    return {"doubleValue": value} if isinstance(value, float) else {"stringValue": value}
