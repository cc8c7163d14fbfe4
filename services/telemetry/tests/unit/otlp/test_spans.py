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


def test_who_asked_is_not_kept(otlp_spans, now):
    """What Envoy adds of its own of a caller is dropped, and what it tells of its work is not."""
    told = {"user_agent": "curl", "peer.address": "192.0.2.7", "upstream_address": "127.0.0.1:1"}
    written = [{"key": name, "value": {"stringValue": each}} for name, each in told.items()]
    event = {"name": "e", "timeUnixNano": str(now * 1000), "attributes": written}
    whole = otlp_spans({"attributes": written, "events": [event]})
    kept = {"upstream_address": "127.0.0.1:1"}
    for found in (spans.of_json(whole, KEEP), spans.of_protobuf(protobuf_of(whole), KEEP)):
        (span,) = found.records
        assert (kept, kept) == (span.attributes, span.events[0].attributes)


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


@pytest.mark.parametrize("end", ["9" * 40, "2" + "0" * 18, str(1 << 64)])
def test_a_span_without_end_is_left_out(otlp_spans, end):
    """A duration that no database holds costs its span, not the batch that it came with."""
    batch = spans.of_json(otlp_spans({"endTimeUnixNano": end}, {}), KEEP)
    assert (1, {"malformed": 1}) == (len(batch.records), dict(batch.rejected))


@pytest.mark.parametrize("at", ["9" * 24, "-" + "9" * 24, str((1 << 64) - 1)])
def test_an_event_lies_in_our_time(otlp_spans, at):
    """A trace can be shown whatever its events say of when they were."""
    (found,) = spans.of_json(
        otlp_spans({"events": [{"name": "e", "timeUnixNano": at}]}), KEEP
    ).records
    assert 0 <= found.events[0].time <= spans.LATEST


@pytest.mark.parametrize("kind", [-1, 6, 99])
def test_a_kind_that_nobody_knows_is_none(otlp_spans, now, kind):
    """Numbers of a later protocol do not keep a trace from being shown."""
    message = ExportTraceServiceRequest()
    made = message.resource_spans.add().scope_spans.add().spans.add(kind=kind)
    made.trace_id, made.span_id = bytes(range(16)), bytes(range(1, 9))
    made.start_time_unix_nano = made.end_time_unix_nano = now * 1000
    (packed,) = spans.of_protobuf(message.SerializeToString(), KEEP).records
    (written,) = spans.of_json(otlp_spans({"kind": kind}), KEEP).records
    assert [Kind.UNSPECIFIED] * 2 == [packed.kind, written.kind]
