"""Records are counted on the wire, whatever stands between them."""

import pytest
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from groundplan_telemetry.otlp import wire


def test_resources_scopes_and_records_are_counted(now):
    """Attributes, times and names in between count nothing."""
    message = ExportTraceServiceRequest()
    for _ in range(2):
        group = message.resource_spans.add(schema_url="x")
        group.resource.attributes.add(key="service.name")
        scope = group.scope_spans.add(schema_url="y" * 300)
        for _ in range(3):
            scope.spans.add(name="z", start_time_unix_nano=now).attributes.add(key="a")
    assert 2 + 2 + 6 == wire.count(message.SerializeToString(), 100)
    logs = ExportLogsServiceRequest()
    logs.resource_logs.add().scope_logs.add().log_records.add(time_unix_nano=now)
    assert 3 == wire.count(logs.SerializeToString(), 100)
    assert 0 == wire.count(b"", 100)


def test_counting_ends_when_it_is_too_many():
    """Nobody counts a million empty records to the end."""
    assert 6 == wire.count(b"\x0a\x00" * 1_000_000, 5)


@pytest.mark.parametrize("body", [b"no protobuf", b"\x0a", b"\xff" * 20, b"\x0b"])
def test_what_is_no_protobuf_is_refused(body):
    """Bytes that are something else are not counted."""
    with pytest.raises(ValueError, match="no protobuf"):
        wire.count(body, 100)
