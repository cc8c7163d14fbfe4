"""The access log: one JSON object a request on standard output, without queries and tokens.

Probes, which come every few seconds, are left out, and so is the caller's address: the edge's
line of the same request has his network.
"""

from groundplan.targets.gateway.extension import Json, extension

PROBES = "/healthz/"
FIELDS = {
    "time": "%START_TIME%",
    "method": "%REQ(:METHOD)%",
    "path": "%PATH(NQ)%",
    "status": "%RESPONSE_CODE%",
    "flags": "%RESPONSE_FLAGS%",
    "details": "%RESPONSE_CODE_DETAILS%",
    "duration_ms": "%DURATION%",
    "upstream_ms": "%RESPONSE_DURATION%",
    "bytes_in": "%BYTES_RECEIVED%",
    "bytes_out": "%BYTES_SENT%",
    "attempts": "%UPSTREAM_REQUEST_ATTEMPT_COUNT%",
    "upstream": "%UPSTREAM_HOST%",
    "request_id": "%REQ(X-REQUEST-ID)%",
    "traceparent": "%REQ(TRACEPARENT)%",
    "trace_id": "%TRACE_ID%",
}


def access_log() -> list[Json]:
    """Return the log; Envoy gathers lines before it writes them."""
    logger = extension(
        "envoy.access_loggers.stdout",
        "envoy.extensions.access_loggers.stream.v3.StdoutAccessLog",
        log_format={"json_format": FIELDS},
    )
    return [{**logger, "filter": _no_probe()}]


def _no_probe() -> Json:
    path = {"name": ":path", "string_match": {"prefix": PROBES}, "invert_match": True}
    return {"header_filter": {"header": path}}
