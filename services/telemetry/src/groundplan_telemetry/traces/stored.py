"""Spans as they come back from the disk, and as people are shown them."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from groundplan_telemetry import times
from groundplan_telemetry.records.span import Kind

STATUS: Final = {True: "error", False: "ok"}
KINDS: Final = {kind.value: kind.name.lower() for kind in Kind if kind != Kind.UNSPECIFIED}
"""A span that does not say what it is counts as internal, as OpenTelemetry has it."""
_OF_TRACE: Final = """
SELECT spans.id, trace, span, parent, service, replica, resource, kind, name, start, duration,
    failed, attributes, events
FROM spans JOIN sources ON sources.id = spans.source WHERE trace = :trace
"""
_ENDS: Final = f"""{_OF_TRACE} AND spans.id IN (
    SELECT id FROM (SELECT id FROM spans WHERE trace = :trace ORDER BY id LIMIT :most)
    UNION SELECT id FROM (SELECT id FROM spans WHERE trace = :trace ORDER BY id DESC LIMIT :most))
"""  # noqa: S608
_COUNT: Final = "SELECT count(*) FROM spans WHERE trace = ?"


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


@dataclass(frozen=True, slots=True)
class Kept:
    """The spans of a trace by their start, and how many more there are."""

    spans: list[Stored]
    left_out: int = 0


def of_trace(connection: sqlite3.Connection, trace: bytes, most: int) -> tuple[list[Stored], int]:
    """Return the first and the last spans of a trace in a segment, and how many are left out."""
    (count,) = connection.execute(_COUNT, (trace,)).fetchone()
    asked = _OF_TRACE if count <= 2 * most else _ENDS
    rows = connection.execute(asked, {"trace": trace, "most": most})
    spans = [_stored(*row) for row in rows]
    return spans, count - len(spans)


def _stored(*row: Any) -> Stored:
    values = list(row)
    values[-3:-1] = bool(values[-3]), msgspec.json.decode(values[-2])
    values[-1] = msgspec.json.decode(values[-1]) if values[-1] else []
    return Stored(*values)


def duration(spans: Sequence[Stored]) -> int:
    """Return how long a trace took, from its first start to its last end."""
    return max(span.start + span.duration for span in spans) - min(span.start for span in spans)


def summary(kept: Kept) -> dict[str, Any]:
    """Return a trace as a line of a list; errors and services are those of the spans at hand."""
    spans, first = kept.spans, _root(kept.spans)
    return {
        "trace_id": first.trace.hex(),
        "service": first.service,
        "name": _name(first, spans),
        "start": times.written(spans[0].start),
        "duration_ms": duration(spans) / 1000,
        "spans": len(spans) + kept.left_out,
        "errors": sum(span.failed for span in spans),
        "services": sorted({span.service for span in spans}),
    }


def documents(kept: Kept) -> list[dict[str, Any]]:
    """Return the spans of a trace; the first tells of those that are left out."""
    shown = [document(each) for each in kept.spans]
    if kept.left_out:
        attributes = {"count": kept.left_out}
        told = {"name": "spans left out", "time": shown[0]["start"], "attributes": attributes}
        shown[0]["events"].append(told)
    return shown


def document(span: Stored) -> dict[str, Any]:
    """Return a span with everything that is known of it."""
    message, *events = span.events or ("",)
    return {
        "span_id": span.span.hex(),
        "parent_id": span.parent.hex() or None,
        "service": span.service,
        "replica": span.replica,
        "name": span.name,
        "kind": KINDS.get(span.kind, KINDS[Kind.INTERNAL]),
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
