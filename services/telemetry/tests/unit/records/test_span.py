"""Kinds of spans are numbered as OpenTelemetry numbers them."""

from opentelemetry.proto.trace.v1.trace_pb2 import Span

from groundplan_telemetry.records.span import Kind


def test_kinds_are_opentelemetrys():
    """Every kind has the number that senders give it."""
    theirs = {name.removeprefix("SPAN_KIND_"): each for name, each in Span.SpanKind.items()}
    assert theirs == {kind.name: kind.value for kind in Kind}
