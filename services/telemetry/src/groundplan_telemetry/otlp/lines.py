"""Lines of logs out of a request of OpenTelemetry's protocol."""

import time
from functools import partial
from typing import Any, Final

import msgspec

from groundplan_contracts.tracing.private import is_secret
from groundplan_telemetry.otlp import identifier, value
from groundplan_telemetry.otlp.batch import Batch
from groundplan_telemetry.otlp.value import (
    AnyValue,
    KeyValue,
    attributes_of_json,
    attributes_of_protobuf,
)
from groundplan_telemetry.records import source
from groundplan_telemetry.records.line import CRITICAL, DEBUG, ERROR, INFO, WARNING, Line, level_of
from groundplan_telemetry.records.source import Source

NANO: Final = 1000
_SEVERITIES: Final = ((21, CRITICAL), (17, ERROR), (13, WARNING), (9, INFO), (1, DEBUG))
"""The least number of each level."""


class _Record(msgspec.Struct):
    timeUnixNano: int | str = 0  # noqa: N815 - the protocol's names
    observedTimeUnixNano: int | str = 0  # noqa: N815
    severityNumber: int = 0  # noqa: N815
    severityText: str = ""  # noqa: N815
    body: AnyValue = msgspec.field(default_factory=AnyValue)
    attributes: list[KeyValue] = []
    traceId: str = ""  # noqa: N815
    spanId: str = ""  # noqa: N815


class _Resource(msgspec.Struct):
    attributes: list[KeyValue] = []


class _ScopeLogs(msgspec.Struct):
    logRecords: list[_Record] = []  # noqa: N815


class _ResourceLogs(msgspec.Struct):
    resource: _Resource = msgspec.field(default_factory=_Resource)
    scopeLogs: list[_ScopeLogs] = []  # noqa: N815


class _Request(msgspec.Struct):
    resourceLogs: list[_ResourceLogs] = []  # noqa: N815


_decode = msgspec.json.Decoder(_Request).decode


def of_json(body: bytes, keep: float) -> Batch[Line]:
    """Return the lines of a request in JSON.

    Raises:
        ValueError: it is no such request.
    """
    batch = Batch[Line]()
    for group in _decode(body).resourceLogs:
        from_ = source.of_resource(attributes_of_json(group.resource.attributes))
        for scope in group.scopeLogs:
            batch.take(scope.logRecords, partial(_of_json, from_), keep)
    return batch


def of_protobuf(body: bytes, keep: float) -> Batch[Line]:
    """Return the lines of a request in protobuf.

    Raises:
        ValueError: it is no such request.
    """
    # Our own services send JSON: who starts a store need not wait for this.
    from groundplan_telemetry.otlp import protobuf

    try:
        request = protobuf.ExportLogsServiceRequest.FromString(body)
    except protobuf.DecodeError as error:
        raise ValueError(str(error)) from None
    batch = Batch[Line]()
    for group in request.resource_logs:
        from_ = source.of_resource(attributes_of_protobuf(group.resource.attributes))
        for scope in group.scope_logs:
            batch.take(scope.log_records, partial(_of_protobuf, from_), keep)
    return batch


def _of_json(from_: Source, record: _Record) -> Line:
    written = int(record.timeUnixNano) or int(record.observedTimeUnixNano)
    return Line(
        _moment(written),
        from_,
        _level(record.severityNumber, record.severityText),
        _message(value.of_json(record.body)),
        identifier.optional(bytes.fromhex(record.traceId), identifier.TRACE),
        identifier.optional(bytes.fromhex(record.spanId), identifier.SPAN),
        _told(attributes_of_json(record.attributes)),
    )


def _of_protobuf(from_: Source, record: Any) -> Line:
    written = record.time_unix_nano or record.observed_time_unix_nano
    return Line(
        _moment(written),
        from_,
        _level(record.severity_number, record.severity_text),
        _message(value.of_protobuf(record.body)),
        identifier.optional(record.trace_id, identifier.TRACE),
        identifier.optional(record.span_id, identifier.SPAN),
        _told(attributes_of_protobuf(record.attributes)),
    )


def _told(attributes: dict[str, Any]) -> dict[str, Any]:
    if any(map(is_secret, attributes)):
        return {name: each for name, each in attributes.items() if not is_secret(name)}
    return attributes


def _moment(nanoseconds: int) -> int:
    return (nanoseconds or time.time_ns()) // NANO


def _level(number: int, word: str) -> int:
    for least, level in _SEVERITIES:
        if number >= least:
            return level
    known = level_of(word)
    return INFO if known is None else known


def _message(body: Any) -> str:
    if isinstance(body, str):
        return body
    return "" if body is None else value.cut(msgspec.json.encode(body).decode())
