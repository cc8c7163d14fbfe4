"""Lines are the same whether they came as JSON or as protobuf."""

import json

import pytest
from google.protobuf import json_format
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest

from groundplan_telemetry.otlp import lines
from groundplan_telemetry.records.line import CRITICAL, DEBUG, ERROR, INFO, WARNING

KEEP = 3600.0


@pytest.fixture
def request_with(now):
    """Return what writes a request with one record."""

    def made(**changes):
        record = {"timeUnixNano": str(now * 1000), "body": {"stringValue": "hello"}, **changes}
        service = {"key": "service.name", "value": {"stringValue": "orders"}}
        group = {
            "resource": {"attributes": [service]},
            "scopeLogs": [{"logRecords": [record]}],
        }
        return {"resourceLogs": [group]}

    return made


def test_json_and_protobuf_mean_the_same(request_with, now):
    """Nothing of a line is lost, whichever way it comes."""
    told = request_with(severityNumber=17, attributes=[{"key": "a", "value": {"intValue": "1"}}])
    (found,) = lines.of_json(json.dumps(told).encode(), KEEP).records
    message = json_format.ParseDict(told, ExportLogsServiceRequest())
    assert [found] == lines.of_protobuf(message.SerializeToString(), KEEP).records
    assert (now, "orders", ERROR, "hello", {"a": 1}) == (
        found.time, found.source.service, found.level, found.message, found.attributes
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "level"),
    [
        ({"severityNumber": 5}, DEBUG),
        ({"severityNumber": 9}, INFO),
        ({"severityNumber": 13}, WARNING),
        ({"severityNumber": 20}, ERROR),
        ({"severityNumber": 24}, CRITICAL),
        ({"severityText": "WARN"}, WARNING),
        ({}, INFO),
    ],
)
def test_levels_come_from_numbers_or_words(request_with, told, level):
    """OpenTelemetry's twenty-four numbers are five levels."""
    (found,) = lines.of_json(json.dumps(request_with(**told)).encode(), KEEP).records
    assert level == found.level


def test_a_body_may_be_an_object(request_with):
    """What is no text is written as JSON."""
    body = {"kvlistValue": {"values": [{"key": "a", "value": {"intValue": "1"}}]}}
    (found,) = lines.of_json(json.dumps(request_with(body=body)).encode(), KEEP).records
    assert '{"a":1}' == found.message


def test_a_line_knows_its_trace(request_with):
    """Identifiers are taken where they are whole."""
    told = request_with(traceId="0af7651916cd43dd8448eb211c80319c", spanId="")
    (found,) = lines.of_json(json.dumps(told).encode(), KEEP).records
    assert (bytes.fromhex("0af7651916cd43dd8448eb211c80319c"), b"") == (found.trace, found.span)


def test_a_line_without_a_time_is_of_now(request_with, now):
    """A sender that says no time gets that of its arrival."""
    told = request_with(timeUnixNano="0")
    (found,) = lines.of_json(json.dumps(told).encode(), KEEP).records
    assert now <= found.time


def test_what_is_no_request_is_refused():
    """Bytes that are something else are no lines."""
    with pytest.raises(ValueError, match=r"\S"):
        lines.of_protobuf(b"no protobuf", KEEP)


def test_attributes_that_hold_secrets_are_not_kept(request_with):
    """By their names, as in the lines of files, whichever way they come."""
    attributes = [
        {"key": name, "value": {"stringValue": "canary"}} for name in ("Password", "cookie")
    ]
    told = request_with(attributes=[*attributes, {"key": "a", "value": {"intValue": "1"}}])
    (found,) = lines.of_json(json.dumps(told).encode(), KEEP).records
    message = json_format.ParseDict(told, ExportLogsServiceRequest())
    (same,) = lines.of_protobuf(message.SerializeToString(), KEEP).records
    assert [{"a": 1}, {"a": 1}] == [found.attributes, same.attributes]
