"""Spans are the same whether they came as JSON or as protobuf."""

import base64
import json

import pytest
from google.protobuf import json_format
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from groundplan_telemetry.otlp import spans
from groundplan_telemetry.records.span import Kind

KEEP = 3600.0
IDENTIFIERS = ("traceId", "spanId", "parentSpanId")


def protobuf_of(document: bytes) -> bytes:
    """Write a request of JSON as protobuf, whose own JSON has identifiers in base64."""

    def other(pairs):
        return {
            name: base64.b64encode(bytes.fromhex(each)).decode() if name in IDENTIFIERS else each
            for name, each in pairs
        }

    told = json.loads(document, object_pairs_hook=other)
    return json_format.ParseDict(told, ExportTraceServiceRequest()).SerializeToString()


@pytest.fixture
def whole(otlp_spans, now):
    """Return a request whose span has everything."""
    return otlp_spans(
        {
            "parentSpanId": "00f067aa0ba902b7",
            "attributes": [{"key": "http.route", "value": {"stringValue": "/a"}}],
            "events": [{"name": "exception", "timeUnixNano": str(now * 1000)}],
            "status": {"code": 2, "message": "gone"},
        }
    )


def test_json_and_protobuf_mean_the_same(whole):
    """Nothing of a span is lost, whichever way it comes."""
    (found,) = spans.of_json(whole, KEEP).records
    assert [found] == spans.of_protobuf(protobuf_of(whole), KEEP).records
    assert ("backend", Kind.SERVER, 2_500, True) == (
        found.source.service, found.kind, found.duration, found.failed
    )  # fmt: skip
    assert (bytes.fromhex("00f067aa0ba902b7"), "gone") == (found.parent, found.message)
    assert ({"http.route": "/a"}, "exception") == (found.attributes, found.events[0].name)


@pytest.mark.parametrize(
    "wrong",
    [
        {"traceId": ""},
        {"traceId": "0" * 32},
        {"traceId": "not hexadecimal"},
        {"spanId": "ab"},
        {"startTimeUnixNano": "soon"},
    ],
)
def test_a_span_that_is_none_is_left_out(otlp_spans, wrong):
    """One malformed span does not cost the others of its request."""
    batch = spans.of_json(otlp_spans(wrong, {}), KEEP)
    assert (1, {"malformed": 1}) == (len(batch.records), dict(batch.rejected))


def test_what_ends_before_it_begins_takes_no_time(otlp_spans, now):
    """Clocks that are set back make no negative durations."""
    batch = spans.of_json(otlp_spans({"endTimeUnixNano": str(now * 1000 - 5_000)}), KEEP)
    assert 0 == batch.records[0].duration


def test_what_is_no_request_is_refused():
    """Bytes that are something else are no spans."""
    with pytest.raises(spans.msgspec.DecodeError):
        spans.of_json(b"{", KEEP)
    with pytest.raises(ValueError, match=r"\S"):
        spans.of_protobuf(b"no protobuf", KEEP)
