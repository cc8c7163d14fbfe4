"""What is sent, read by the library of the protocol itself."""

import json

from google.protobuf import json_format
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from groundplan_contracts.tracing import otlp
from groundplan_contracts.tracing.span import Event, Kind, Span

SPAN = Span(
    trace_id="0af7651916cd43dd8448eb211c80319c",
    span_id="b7ad6b7169203331",
    parent_id="00f067aa0ba902b7",
    name="GET /things/{thing}",
    kind=Kind.SERVER,
    start=1_700_000_000_123_456_789,
    end=1_700_000_000_223_456_789,
    attributes={"a": "text", "b": 7, "c": 0.5, "d": True},
    events=(Event(1_700_000_000_200_000_000, "retry", {"n": 1}),),
    error="dependency_unavailable",
)


def _read(body: bytes) -> ExportTraceServiceRequest:
    """Parse as a collector does; ids stand in hexadecimal there, which protobuf's JSON is not."""
    document = json.loads(body)
    for span in document["resourceSpans"][0]["scopeSpans"][0]["spans"]:
        for name in ("traceId", "spanId", "parentSpanId"):
            span.pop(name, None)
    return json_format.ParseDict(document, ExportTraceServiceRequest())


def test_the_protocol_reads_what_is_written() -> None:
    """Resource, names, kinds, times to the nanosecond and values of every type arrive."""
    message = _read(otlp.encode({"service.name": "backend"}, [SPAN]))
    (resource,) = message.resource_spans
    (span,) = resource.scope_spans[0].spans
    assert "backend" == resource.resource.attributes[0].value.string_value
    assert ("GET /things/{thing}", 2) == (span.name, span.kind)
    assert (SPAN.start, SPAN.end) == (span.start_time_unix_nano, span.end_time_unix_nano)
    found = {each.key: each.value for each in span.attributes}
    assert ("text", 7, 0.5, True) == (
        found["a"].string_value,
        found["b"].int_value,
        found["c"].double_value,
        found["d"].bool_value,
    )
    assert ("retry", 1) == (span.events[0].name, span.events[0].attributes[0].value.int_value)


def test_ids_are_written_in_hexadecimal() -> None:
    """OTLP's JSON wants them so, unlike other bytes."""
    document = json.loads(otlp.encode({}, [SPAN]))
    (span,) = document["resourceSpans"][0]["scopeSpans"][0]["spans"]
    assert (SPAN.trace_id, SPAN.span_id, SPAN.parent_id) == (
        span["traceId"],
        span["spanId"],
        span["parentSpanId"],
    )


def test_a_failure_is_a_status_and_its_kind() -> None:
    """A span that failed says so twice: for searches, and for the reason."""
    span = _read(otlp.encode({}, [SPAN])).resource_spans[0].scope_spans[0].spans[0]
    assert 2 == span.status.code
    found = {each.key: each.value.string_value for each in span.attributes}
    assert "dependency_unavailable" == found["error.type"]


def test_a_span_without_parent_or_failure_says_nothing_of_them() -> None:
    """A root has no parent, and what went well no status."""
    root = Span(trace_id=SPAN.trace_id, span_id=SPAN.span_id, name="up", start=1, end=2)
    (span,) = json.loads(otlp.encode({}, [root]))["resourceSpans"][0]["scopeSpans"][0]["spans"]
    assert not {"parentSpanId", "status", "events"} & span.keys()
