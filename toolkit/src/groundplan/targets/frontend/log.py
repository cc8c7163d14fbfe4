"""The access log: one JSON object a request, without query strings, which may hold secrets.

A line of a request that was sampled becomes a span; a file that was served well becomes none, or
the list of traces would be one of pictures and scripts. Of a caller's address only the network is
written: it tells attackers apart well enough, and people not at all.
"""

from groundplan.targets.frontend.directive import Lines, choose, line, quoted

FIELDS = {
    "time": "$time_iso8601",
    "request_id": "$caller_id",
    "address": "$network",
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
    "sampled": "$kept",
    "end": "$msec",
}
"""`end` less `seconds` is when the request began: a line is as much as a span."""
NETWORKS = [
    ("~^(?<v4>[0-9]+[.][0-9]+[.][0-9]+)[.]", "$v4.0"),
    ("~^(?<v6>(?:[0-9a-f]+:){1,3})", "$v6:"),
]
"""The first 24 bits of an address, of a long one 48."""
SERVED_FILE = "~^1::[123]"
"""Sampled, no gateway was asked, and nothing went wrong."""


def access_log() -> Lines:
    """Return the log; questions about health are left out."""
    outcome = quoted("$sampled:$upstream_addr:$status")
    members = ",".join(f'"{name}":"{value}"' for name, value in FIELDS.items())
    return (
        *choose("$remote_addr", "$network", NETWORKS, "::"),
        *choose("$uri", "$logged", [("~^/healthz/", "0")], "1"),
        *choose(outcome, "$kept", [(SERVED_FILE, "0")], "$sampled"),
        *line("log_format", "requests", "escape=json", f"'{{{members}}}'"),
        *line("access_log", "/dev/stdout", "requests", "buffer=32k", "flush=500ms", "if=$logged"),
    )
