"""The span of a request's line: nginx and Envoy tell of themselves in their access logs alone.

A line is a span where it names its trace, its own span, and how long it took, and its request was
sampled, or was not and failed or was slow. Of the others that spoke of the same request there may
be no span: then the trace begins here.
"""

import math
import re
from hashlib import sha256
from typing import Any, Final

from groundplan_telemetry.otlp import identifier
from groundplan_telemetry.otlp.batch import LONGEST
from groundplan_telemetry.records.line import Line
from groundplan_telemetry.records.span import Kind, Span

PARENT: Final = "parent_id"
REASON: Final = "sampling.reason"
SAMPLED: Final = ("1", 1, True, "01", "true")
UNSAMPLED: Final = ("0", 0, False, "00", "false")
GATEWAY: Final = "details"
"""Only Envoy's lines say this. It sends its sampled spans itself, so no line of them is one."""
FLAGS: Final = "trace_flags"
_NAMES: Final = {
    "method": "http.request.method",
    "path": "url.path",
    "status": "http.response.status_code",
    "route": "http.route",
    "request_id": "http.request.id",
    "upstream": "server.address",
    "gateway": "server.address",
    "bytes": "http.response.body.size",
    "flags": "envoy.response_flags",
    "details": "envoy.response_code_details",
}
"""Semantic conventions' names for what a line tells."""
_NUMBERS: Final = frozenset({"status", "bytes"})
_DECIMAL: Final = re.compile("[0-9]{1,18}")
_FAILED: Final = 500


def span_of(line: Line, slow: float) -> Span | None:
    """Return the span that a line tells of; None where it tells of none.

    Args:
        line: a line of a log.
        slow: seconds after which a request is kept that was not sampled.
    """
    told = line.attributes
    duration = _duration(told)
    if not (line.trace and line.span) or duration is None:
        return None
    attributes = _attributes(told)
    status = attributes.get("http.response.status_code", 0)
    failed = isinstance(status, int) and status >= _FAILED
    if told.get("sampled") not in SAMPLED:
        reason = "error" if failed else "slow" if duration > slow * 1e6 else ""
        if not (reason and _is_unsampled(told)):
            return None
        attributes[REASON] = reason
    span, parent = _place(line)
    method, route = str(told.get("method", "")), str(told.get("route", ""))
    return Span(
        line.trace,
        span,
        parent,
        line.source,
        f"{method} {route}".strip() or "request",
        Kind.SERVER,
        _start(told, line.time, duration),
        duration,
        failed,
        attributes,
    )


def _is_unsampled(told: dict[str, Any]) -> bool:
    """Tell whether nobody else keeps this span; a service keeps its own."""
    if GATEWAY in told:
        return told.get(FLAGS) in UNSAMPLED
    return told.get("sampled") in UNSAMPLED


def _place(line: Line) -> tuple[bytes, bytes]:
    """Return the identifiers of the span and of its parent.

    Envoy puts its span into the header only when it asks somebody; else its caller's stands there.
    """
    told = line.attributes
    if GATEWAY not in told or told.get("upstream") not in (None, "", "-"):
        return line.span, _parent(told)
    return sha256(line.span + b"gateway").digest()[:8], line.span


def _duration(told: dict[str, Any]) -> int | None:
    for name, unit in (("seconds", 1e6), ("duration_ms", 1e3)):
        found = _number(told, name) * unit
        if not math.isnan(found):
            return max(0, round(found)) if abs(found) <= LONGEST else None
    return None


def _start(told: dict[str, Any], end: int, duration: int) -> int:
    """Return when it began, in microseconds since 1970; a line is written at the end.

    A start that lies behind the end is not believed: what is to come would never grow old.
    """
    found = _number(told, "start") * 1e6
    return round(found) if 0 <= found <= end else end - duration


def _number(told: dict[str, Any], name: str) -> float:
    """Return a number that a line tells; none (NaN) where it tells none."""
    try:
        return float(told[name])
    except (KeyError, TypeError, ValueError, OverflowError):
        return math.nan


def _parent(told: dict[str, Any]) -> bytes:
    try:
        given = bytes.fromhex(str(told.get(PARENT, "")))
    except ValueError:
        return b""
    return identifier.optional(given, identifier.SPAN)


def _attributes(told: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, conventional in _NAMES.items():
        value = told.get(name)
        if value in (None, "", "-"):
            continue
        is_number = name in _NUMBERS and _DECIMAL.fullmatch(str(value)) is not None
        found[conventional] = int(value) if is_number else value
    return found
