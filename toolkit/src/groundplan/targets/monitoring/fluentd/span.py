"""Ruby for Fluentd: whether a line of an access log is a span, and the span of OTLP that it is.

nginx has no exporter, so its sampled lines are spans. What was not sampled and failed or was slow
is kept all the same: by nginx, and by Envoy, which sends its sampled spans itself.
"""

from dataclasses import dataclass
from typing import Final

from groundplan.model.platform import Platform
from groundplan.model.service import Kind

REASON: Final = "sampling.reason"
_SERVER: Final = 2
_ERROR: Final = 2
_UNSET: Final = 0
_STATUS: Final = 'record["status"].to_i'
_WHY: Final = 'record["reason"].to_s'


@dataclass(frozen=True, slots=True)
class _Line:
    """What stands where in a line, in Ruby."""

    library: str
    seconds: str
    start: str
    """Nanoseconds since 1970."""
    span: str
    parent: str
    sampled: str
    unsampled: str


_NGINX: Final = _Line(
    library="nginx",
    seconds='record["seconds"].to_f',
    start=(
        '(record["end"].to_f * 1_000_000_000).to_i - (record["seconds"].to_f * 1_000_000_000).to_i'
    ),
    span='record["span_id"]',
    parent='record["parent_id"].to_s',
    sampled='["1", "01"].include?(record["sampled"].to_s)',
    unsampled='["0", "00"].include?(record["sampled"].to_s)',
)
_HEADER: Final = 'record["traceparent"].to_s.split("-")[2].to_s'
_ASKED: Final = '!["", "-"].include?(record["upstream"].to_s)'
_ENVOY: Final = _Line(
    library="envoy",
    seconds='record["duration_ms"].to_f / 1000',
    start='(Time.parse(record["time"].to_s).to_r * 1_000_000_000).to_i',
    # Envoy puts its span into the header when it asks somebody; else its caller's stands there.
    span=f'({_ASKED} ? {_HEADER} : rand(1..16**16 - 1).to_s(16).rjust(16, "0"))',
    parent=f'({_ASKED} ? "" : {_HEADER})',
    sampled="false",
    unsampled='record["traceparent"].to_s.end_with?("-00")',
)
_LINES: Final = {Kind.STATIC: _NGINX, Kind.GATEWAY: _ENVOY}
KINDS: Final = tuple(_LINES)
"""Whose lines are spans."""


def reason(platform: Platform, name: str) -> str:
    """Return what Fluentd evaluates for a record: why its span is kept; empty if it is not."""
    line, slow = _of(platform, name), platform.observability.traces.slow
    late = f'{_STATUS} >= 500 ? "error" : {line.seconds} > {slow:.10g} ? "slow" : ""'
    return f'{line.sampled} ? "sampled" : {line.unsampled} ? ({late}) : ""'


def expression(platform: Platform, name: str) -> str:
    """Return what Fluentd evaluates for a record: the value of `resourceSpans`, on one line."""
    line = _of(platform, name)
    took = f"({line.seconds} * 1_000_000_000).to_i"
    resource = [
        _text("service.name", f'"{name}"'),
        _text("service.namespace", f'"{platform.name}"'),
        _text("service.instance.id", 'record["pod"].to_s'),
    ]
    span = {
        "traceId": 'record["trace_id"]',
        "spanId": line.span,
        "parentSpanId": line.parent,
        "name": 'record["method"].to_s',
        "kind": str(_SERVER),
        "startTimeUnixNano": f"({line.start}).to_s",
        "endTimeUnixNano": f"({line.start} + {took}).to_s",
        "attributes": _attributes(),
        "status": f'{{"code" => {_STATUS} >= 500 ? {_ERROR} : {_UNSET}}}',
    }
    scope = _hash({"scope": f'{{"name" => "{line.library}"}}', "spans": f"[{_hash(span)}]"})
    held = {
        "resource": f'{{"attributes" => [{", ".join(resource)}]}}',
        "scopeSpans": f"[{scope}]",
    }
    return f"[{_hash(held)}]"


def _of(platform: Platform, name: str) -> _Line:
    return _LINES[platform.services[name].kind]


def _attributes() -> str:
    told = [
        _text("http.request.method", 'record["method"].to_s'),
        _text("url.path", 'record["path"].to_s'),
        f'{{"key" => "http.response.status_code", "value" => {{"intValue" => {_STATUS}.to_s}}}}',
    ]
    kept = f'({_WHY} == "sampled" ? [] : [{_text(REASON, _WHY)}])'
    return f"[{', '.join(told)}] + {kept}"


def _text(key: str, value: str) -> str:
    return f'{{"key" => "{key}", "value" => {{"stringValue" => {value}}}}}'


def _hash(parts: dict[str, str]) -> str:
    joined = ", ".join(f'"{key}" => {value}' for key, value in parts.items())
    return f"{{{joined}}}"
