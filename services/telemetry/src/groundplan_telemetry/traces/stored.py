"""Spans as they come back from the disk, and as people are shown them."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from groundplan_telemetry import times
from groundplan_telemetry.records.span import Kind

STATUS: Final = {True: "error", False: "ok"}
_OF_TRACE: Final = """
SELECT spans.id, trace, span, parent, service, replica, resource, kind, name, start, duration,
    failed, attributes, events
FROM spans JOIN sources ON sources.id = spans.source WHERE trace = ?
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """A span; `start` and `duration` are in microseconds."""

    number: int
    trace: bytes
    span: bytes
    parent: bytes
    service: str
    replica: str
    resource: str
    kind: int
    name: str
    start: int
    duration: int
    failed: bool
    attributes: dict[str, Any]
    events: list[Any]
    """The status' message, then each event as name, time and attributes."""


def of_trace(connection: sqlite3.Connection, trace: bytes) -> Iterator[Stored]:
    """Yield the spans of a trace that stand in a segment."""
    for row in connection.execute(_OF_TRACE, (trace,)):
        yield _stored(*row)


def _stored(*row: Any) -> Stored:
    values = list(row)
    values[-3:-1] = bool(values[-3]), msgspec.json.decode(values[-2])
    values[-1] = msgspec.json.decode(values[-1]) if values[-1] else []
    return Stored(*values)


def duration(spans: Sequence[Stored]) -> int:
    """Return how long a trace took, from its first start to its last end."""
    return max(span.start + span.duration for span in spans) - min(span.start for span in spans)


def summary(spans: Sequence[Stored]) -> dict[str, Any]:
    """Return a trace as a line of a list; its spans are given by their start."""
    first = _root(spans)
    return {
        "trace_id": first.trace.hex(),
        "service": first.service,
        "name": _name(first, spans),
        "start": times.written(spans[0].start),
        "duration_ms": duration(spans) / 1000,
        "spans": len(spans),
        "errors": sum(span.failed for span in spans),
        "services": sorted({span.service for span in spans}),
    }


def document(span: Stored) -> dict[str, Any]:
    """Return a span with everything that is known of it."""
    message, *events = span.events or ("",)
    return {
        "span_id": span.span.hex(),
        "parent_id": span.parent.hex() or None,
        "service": span.service,
        "replica": span.replica,
        "name": span.name,
        "kind": Kind(span.kind).name.lower(),
        "start": times.written(span.start),
        "duration_ms": span.duration / 1000,
        "status": STATUS[span.failed],
        "message": message,
        "attributes": span.attributes,
        "resource": msgspec.json.decode(span.resource),
        "events": [
            {"name": name, "time": times.written(at), "attributes": attributes}
            for name, at, attributes in events
        ],
    }


def _root(spans: Sequence[Stored]) -> Stored:
    known = {span.span for span in spans}
    without = (span for span in spans if not span.parent)
    strangers = (span for span in spans if span.parent not in known)
    return next(without, next(strangers, spans[0]))


def _name(first: Stored, spans: Sequence[Stored]) -> str:
    """Return the first's name; of the request's route, where the first knows only its method."""
    routed = (span.name for span in spans if span.name.startswith(f"{first.name} /"))
    return next(routed, first.name)
