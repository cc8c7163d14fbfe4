"""The Ruby expression that makes a span of OTLP from a line of the edge's access log."""

from typing import Final

from groundplan.model.platform import Platform

_SERVER: Final = 2
_ERROR: Final = 2
_UNSET: Final = 0
_NANOSECONDS: Final = 1_000_000_000


def expression(platform: Platform, edge: str) -> str:
    """Return what Fluentd evaluates for a record: the value of `resourceSpans`, on one line."""
    end = f'(record["end"].to_f * {_NANOSECONDS}).to_i'
    took = f'(record["seconds"].to_f * {_NANOSECONDS}).to_i'
    status = 'record["status"].to_i'
    resource = [
        _text("service.name", f'"{edge}"'),
        _text("service.namespace", f'"{platform.name}"'),
        _text("service.instance.id", 'record["pod"].to_s'),
    ]
    attributes = [
        _text("http.request.method", 'record["method"].to_s'),
        _text("url.path", 'record["path"].to_s'),
        f'{{"key" => "http.response.status_code", "value" => {{"intValue" => {status}.to_s}}}}',
    ]
    span = {
        "traceId": 'record["trace_id"]',
        "spanId": 'record["span_id"]',
        "parentSpanId": 'record["parent_id"].to_s',
        "name": 'record["method"].to_s',
        "kind": str(_SERVER),
        "startTimeUnixNano": f"({end} - {took}).to_s",
        "endTimeUnixNano": f"{end}.to_s",
        "attributes": f"[{', '.join(attributes)}]",
        "status": f'{{"code" => {status} >= 500 ? {_ERROR} : {_UNSET}}}',
    }
    scope = _hash({"scope": '{"name" => "nginx"}', "spans": f"[{_hash(span)}]"})
    held = {
        "resource": f'{{"attributes" => [{", ".join(resource)}]}}',
        "scopeSpans": f"[{scope}]",
    }
    return f"[{_hash(held)}]"


def _text(key: str, value: str) -> str:
    return f'{{"key" => "{key}", "value" => {{"stringValue" => {value}}}}}'


def _hash(parts: dict[str, str]) -> str:
    joined = ", ".join(f'"{key}" => {value}' for key, value in parts.items())
    return f"{{{joined}}}"
