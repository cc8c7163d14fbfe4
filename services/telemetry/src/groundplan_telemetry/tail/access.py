"""The span of a request's line: nginx and Envoy tell of themselves in their access logs alone.

A line is a span where its request was sampled and it names its trace, its own span, and how
long it took. The span of its caller may be missing: then the trace begins here.
"""

from typing import Any, Final

from groundplan_telemetry.otlp import identifier
from groundplan_telemetry.records.line import Line
from groundplan_telemetry.records.span import Kind, Span

PARENT: Final = "parent_id"
SAMPLED: Final = ("1", 1, True, "01", "true")
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
_FAILED: Final = 500


def span_of(line: Line) -> Span | None:
    """Return the span that a line tells of; None where it tells of none."""
    told = line.attributes
    duration = _duration(told)
    if not (line.trace and line.span) or told.get("sampled") not in SAMPLED or duration is None:
        return None
    attributes = _attributes(told)
    status = attributes.get("http.response.status_code", 0)
    method, route = str(told.get("method", "")), str(told.get("route", ""))
    return Span(
        line.trace,
        line.span,
        _parent(told),
        line.source,
        f"{method} {route}".strip() or "request",
        Kind.SERVER,
        _start(told, line.time, duration),
        duration,
        isinstance(status, int) and status >= _FAILED,
        attributes,
    )


def _duration(told: dict[str, Any]) -> int | None:
    for name, unit in (("seconds", 1e6), ("duration_ms", 1e3)):
        try:
            return max(0, round(float(told[name]) * unit))
        except (KeyError, TypeError, ValueError):
            continue
    return None


def _start(told: dict[str, Any], end: int, duration: int) -> int:
    """Return when it began, in microseconds since 1970; a line is written at the end."""
    try:
        return round(float(told["start"]) * 1e6)
    except (KeyError, TypeError, ValueError):
        return end - duration


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
        is_number = name in _NUMBERS and str(value).isdecimal()
        found[conventional] = int(value) if is_number else value
    return found
