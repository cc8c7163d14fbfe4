"""Senders are told at once what became of what they brought."""

import json

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)

from groundplan_telemetry.disk.writer import Writer
from groundplan_telemetry.http.reply import Refused
from groundplan_telemetry.otlp.controller import MOST_MESSAGES, MOST_OBJECTS, PROTOBUF, Otlp

JSON = "application/json"
DEEP = b'{"resourceSpans":[{"resource":{"attributes":[{"key":"a","value":'


@pytest.fixture
def bring(state, spans, lines, request_of):
    """Return what brings a body to a store whose memory holds three records."""
    writer = Writer({"traces": spans, "logs": lines}, most=3)
    routes = {route.path: route for route in Otlp(state, writer).routes()}

    async def brought(body, path="/v1/traces", content_type="application/json"):
        request = request_of("POST", path, body=body, content_type=content_type)
        return await routes[path].handler(request)

    return brought


def some(count):
    return [{"spanId": f"{number:016x}"} for number in range(1, count + 1)]


async def test_what_was_taken_is_acknowledged(bring, otlp_spans, state):
    """Nothing is said where all is well, as the protocol has it."""
    answer = await bring(otlp_spans(*some(2)))
    assert (200, {}) == (answer.status, json.loads(answer.body))
    assert 2 == state.ledger.counts()["received"]["traces"]
    assert [] == state.ledger.drops()


async def test_protobuf_is_answered_in_protobuf(bring):
    """A sender is answered as he speaks."""
    message = ExportTraceServiceRequest()
    message.resource_spans.add().scope_spans.add().spans.add(name="without identifiers")
    answer = await bring(message.SerializeToString(), content_type=PROTOBUF)
    said = ExportTraceServiceResponse.FromString(answer.body)
    assert (PROTOBUF, 1) == (answer.content_type, said.partial_success.rejected_spans)


async def test_what_there_is_no_room_for_is_said_and_counted(bring, otlp_spans, state):
    """A sender learns how many were left out and why; so do the books."""
    answer = await bring(otlp_spans(*some(5), {"traceId": "wrong"}))
    said = json.loads(answer.body)["partialSuccess"]
    assert {"rejectedSpans": "3", "errorMessage": "1 malformed, 2 queue_full"} == said
    assert {("traces", "malformed", 1), ("traces", "queue_full", 2)} == set(state.ledger.drops())


async def test_a_full_store_asks_to_come_again(bring, otlp_spans, state):
    """Where nothing can be taken nothing is lost: the sender keeps it."""
    await bring(otlp_spans(*some(3)))
    with pytest.raises(Refused) as refused:
        await bring(otlp_spans(*some(3)))
    assert (429, 1) == (refused.value.problem.status, refused.value.retry_after)
    assert [] == state.ledger.drops()


async def test_lines_are_taken_too(bring, state, now):
    """Logs come the same way."""
    record = {"timeUnixNano": str(now * 1000), "body": {"stringValue": "hello"}}
    body = json.dumps({"resourceLogs": [{"scopeLogs": [{"logRecords": [record]}]}]}).encode()
    assert 200 == (await bring(body, "/v1/logs")).status
    assert 1 == state.ledger.counts()["received"]["logs"]


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b'{"resourceSpans": 7}', "application/json", 400),
        (b"no protobuf", PROTOBUF, 400),
        (b"", "text/plain", 415),
    ],
)
async def test_what_is_no_export_is_refused(bring, body, content_type, status):
    """A sender that speaks something else is told so."""
    with pytest.raises(Refused) as refused:
        await bring(body, content_type=content_type)
    assert status == refused.value.problem.status


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b'{"resourceSpans":[{"scopeSpans":[{"spans":[' + b"{}," * MOST_OBJECTS, JSON, 413),
        (DEEP + b'{"arrayValue":{"values":[' * 50_000, JSON, 400),
        (b"\x0a\x00" * (MOST_MESSAGES + 1), PROTOBUF, 413),
    ],
)
async def test_a_body_that_would_grow_in_memory_is_refused(bring, body, content_type, status):
    """Millions of empty objects, or objects within objects, end before they are read."""
    with pytest.raises(Refused) as refused:
        await bring(body, content_type=content_type)
    assert status == refused.value.problem.status
