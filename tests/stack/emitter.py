"""A user's program that gives all three signals, by what its environment says and nothing else.

It does as an SDK of OpenTelemetry does: spans by protobuf to where the variables say, with the
headers that they name, and of a request only whose caller has decided that it is kept.
"""

import contextlib
import http.server
import json
import os
import ssl
import time
import urllib.request
from collections.abc import Mapping
from urllib.parse import unquote

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

ADDRESS = os.environ["HOST"], int(os.environ["PORT"])
TIMEOUT = 2.0
SAMPLED = 1


def pairs(text: str) -> dict[str, str]:
    """Read `a=b,c=d`, whose values are encoded as in a URL."""
    found = (each.partition("=") for each in text.split(",") if each)
    return {name: unquote(value) for name, _, value in found}


def export(span: Span, told: Mapping[str, str]) -> None:
    """Send a span; who takes none costs nobody anything."""
    assert told["OTEL_EXPORTER_OTLP_PROTOCOL"] == "http/protobuf"
    request = ExportTraceServiceRequest()
    held = request.resource_spans.add()
    who = {"service.name": told["OTEL_SERVICE_NAME"], **pairs(told["OTEL_RESOURCE_ATTRIBUTES"])}
    for name, value in who.items():
        held.resource.attributes.add(key=name).value.string_value = value
    held.scope_spans.add().spans.append(span)
    headers = {
        "content-type": "application/x-protobuf",
        **pairs(told.get("OTEL_EXPORTER_OTLP_HEADERS", "")),
    }
    url, body = f"{told['OTEL_EXPORTER_OTLP_ENDPOINT']}/v1/traces", request.SerializeToString()
    authority = told.get("OTEL_EXPORTER_OTLP_CERTIFICATE")
    trusting = ssl.create_default_context(cafile=authority) if authority else None
    with contextlib.suppress(OSError):
        sent = urllib.request.Request(url, body, headers, method="POST")
        urllib.request.urlopen(sent, timeout=TIMEOUT, context=trusting).close()


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers requests, and tells of each."""

    answered = 0

    def do_GET(self) -> None:
        """Show the metrics, or answer a request and tell of it."""
        if self.path == "/metrics":
            self._answer(f"# TYPE emitted_total counter\nemitted_total {Handler.answered}\n")
            return
        began = time.time_ns()
        Handler.answered += 1
        self._answer("told\n")
        _, trace, parent, flags = self.headers.get("traceparent", "---0").split("-")
        line = {"level": "info", "message": "answered", "trace_id": trace}
        print(json.dumps(line), flush=True)
        if int(flags, 16) & SAMPLED:
            export(self._span(trace, parent, began), os.environ)

    def _answer(self, text: str) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/plain; charset=utf-8")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def _span(self, trace: str, parent: str, began: int) -> Span:
        span = Span(
            trace_id=bytes.fromhex(trace),
            span_id=os.urandom(8),
            parent_span_id=bytes.fromhex(parent),
            name="GET /api/emitter",
            kind=Span.SPAN_KIND_SERVER,
            start_time_unix_nano=began,
            end_time_unix_nano=time.time_ns(),
        )
        span.attributes.add(key="http.request.method").value.string_value = "GET"
        return span

    def log_message(self, *_: object) -> None:
        """Leave the lines to those above."""


with http.server.ThreadingHTTPServer(ADDRESS, Handler) as server:
    if "TLS_KEY_FILE" in os.environ:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(os.environ["TLS_CERTIFICATE_FILE"], os.environ["TLS_KEY_FILE"])
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.serve_forever()
