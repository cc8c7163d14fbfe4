"""The access log: one JSON object a request, without query strings, which may hold secrets."""

from groundplan.targets.frontend.directive import Lines, choose, line

FIELDS = {
    "time": "$time_iso8601",
    "request_id": "$caller_id",
    "address": "$remote_addr",
    "method": "$request_method",
    "path": "$uri",
    "protocol": "$server_protocol",
    "status": "$status",
    "bytes": "$body_bytes_sent",
    "seconds": "$request_time",
    "gateway": "$upstream_addr",
    "gateway_status": "$upstream_status",
    "gateway_seconds": "$upstream_response_time",
    "trace_id": "$trace_id",
    "span_id": "$span_id",
    "parent_id": "$parent_id",
    "sampled": "$sampled",
    "end": "$msec",
    "agent": "$http_user_agent",
}
"""`end` less `seconds` is when the request began: a line is as much as a span."""


def access_log() -> Lines:
    """Return the log; questions about health are left out."""
    members = ",".join(f'"{name}":"{value}"' for name, value in FIELDS.items())
    return (
        *choose("$uri", "$logged", [("~^/healthz/", "0")], "1"),
        *line("log_format", "requests", "escape=json", f"'{{{members}}}'"),
        *line("access_log", "/dev/stdout", "requests", "buffer=32k", "flush=1s", "if=$logged"),
    )
