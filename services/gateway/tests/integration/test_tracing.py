"""One trace through Envoy and authorisation: who is whose parent, and what no span may hold."""

import gzip
import http.server
import json
import threading

import pytest
from google.protobuf import json_format
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
SAMPLED, UNSAMPLED = f"00-{TRACE}-{SPAN}-01", f"00-{TRACE}-{SPAN}-00"
SERVICES = "/api/v1/catalog/services"
CANARY = "canary-4f1c9a"


class Taker(http.server.ThreadingHTTPServer):
    """Takes spans as a collector does, and keeps them by service."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Taking)
        self.raw, self.keys, self.spans = [], set(), []
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def port(self):
        """Where it listens."""
        return self.server_address[1]

    def of(self, trace):
        """Return the spans of a trace."""
        return [each for each in list(self.spans) if each["traceId"] == trace]


class Taking(http.server.BaseHTTPRequestHandler):
    """Reads OTLP, by protobuf or JSON, packed or not."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        """Take spans."""
        body = self._body()
        if self.headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        self.server.raw.append(body)
        self.server.keys.add(self.headers.get("authorization"))
        self.server.spans += list(spans_of(self.headers["content-type"], body))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def _body(self):
        if "content-length" in self.headers:
            return self.rfile.read(int(self.headers["content-length"]))
        pieces = []
        while size := int(self.rfile.readline(), 16):
            pieces.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(pieces)

    def log_message(self, *_):
        """Keep the output for failures."""


def spans_of(kind, body):
    """Yield every span with the name of its service; ids are written in hexadecimal."""
    if kind == "application/json":
        document = json.loads(body)
    else:
        message = ExportTraceServiceRequest.FromString(body)
        document = json_format.MessageToDict(message)
        plain = [
            span
            for resource in message.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]
        ids = iter(plain)
    for resource in document["resourceSpans"]:
        told = {each["key"]: each["value"] for each in resource["resource"]["attributes"]}
        for span in (each for scope in resource["scopeSpans"] for each in scope["spans"]):
            if kind != "application/json":
                found = next(ids)
                span |= {
                    "traceId": found.trace_id.hex(),
                    "spanId": found.span_id.hex(),
                    "parentSpanId": found.parent_span_id.hex(),
                    "kind": found.kind,
                }
            yield {**span, "service": told["service.name"]["stringValue"]}


@pytest.fixture(scope="module")
def taker():
    """Something that takes spans."""
    made = Taker()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture(scope="module")
def traced(build_stack, taker):
    """A gateway that sends spans, and samples all that comes without a trace."""
    share = {"observability": {"traces": {"sampling": "100%"}}}
    with build_stack(share, spans=taker.port, is_patient=True) as made:
        yield made


def test_a_sampled_request_is_one_trace(traced, taker, until):
    """Envoy's span has the caller's for a parent, and the check, Redis and the service follow."""
    traced.seen.clear()
    answer = traced.get(SERVICES, token=traced.issuer.token(), headers={"traceparent": SAMPLED})
    assert 200 == answer.status
    until(lambda: len(taker.of(TRACE)) >= 4)
    spans = {(each["service"], each["name"]): each for each in taker.of(TRACE)}
    edge = spans["gateway", "GET"]
    question = next(each for (_, name), each in spans.items() if name.startswith("async "))
    check, redis = spans["authz", "check GET"], spans["authz", "EVALSHA"]
    assert (SPAN, edge["spanId"]) == (edge["parentSpanId"], question["parentSpanId"])
    assert (question["spanId"], check["spanId"]) == (check["parentSpanId"], redis["parentSpanId"])
    (seen,) = traced.seen
    assert f"00-{TRACE}-{edge['spanId']}-01" == seen.headers["traceparent"]


def test_spans_are_sent_with_the_key(traced, taker, until):
    """Envoy and authorisation both show it, and neither logs it."""
    traced.get(SERVICES, token=traced.issuer.token(), headers={"traceparent": SAMPLED})
    until(lambda: len(taker.raw) >= 2)
    assert {f"Bearer {'k' * 64}"} == taker.keys


def test_what_is_not_sampled_sends_no_span(traced, taker, until):
    """The mark of the edge holds at every hop, and the trace's id goes on all the same."""
    other = TRACE.replace("0", "1")
    traced.seen.clear()
    header = UNSAMPLED.replace(TRACE, other)
    traced.get(SERVICES, token=traced.issuer.token(), headers={"traceparent": header})
    marker = TRACE.replace("0", "2")
    traced.get(SERVICES, token=traced.issuer.token(),
               headers={"traceparent": SAMPLED.replace(TRACE, marker)})  # fmt: skip
    until(lambda: len(taker.of(marker)) >= 4)
    assert [] == taker.of(other)
    first = traced.seen[0].headers["traceparent"]
    assert (other, "00") == (first.split("-")[1], first.split("-")[3])


def test_a_request_without_a_trace_gets_one(traced, taker, until):
    """Who comes past the edge is sampled by the same share."""
    traced.seen.clear()
    traced.get(SERVICES, token=traced.issuer.token())
    trace = traced.seen[0].headers["traceparent"].split("-")[1]
    until(lambda: len(taker.of(trace)) >= 4)


def test_no_span_holds_a_secret(traced, taker, until):
    """Neither the token nor a query, a cookie, a key, the caller's id or a header's value."""
    trace = TRACE.replace("0", "3")
    token = traced.issuer.token()
    answer = traced.get(
        f"{SERVICES}?code={CANARY}",
        token=token,
        headers={"traceparent": SAMPLED.replace(TRACE, trace), "cookie": f"refresh={CANARY}",
                 "x-api-key": CANARY, "baggage": f"user={CANARY}"},
    )  # fmt: skip
    assert 200 == answer.status
    until(lambda: len(taker.of(trace)) >= 4)
    sent = b"".join(taker.raw)
    subject = traced.issuer.claims()["sub"]
    for secret in (CANARY, token, token.split(".")[2], "k" * 64, "a-password", subject):
        assert secret.encode() not in sent
    assert b"/api/v1/catalog/services" in sent


def test_the_search_for_secrets_can_fail(traced, taker, until):
    """What stands in a path is found in the spans: the search above would see a secret there."""
    trace = TRACE.replace("0", "4")
    traced.get(f"/api/v1/{CANARY}-path", token=traced.issuer.token(),
               headers={"traceparent": SAMPLED.replace(TRACE, trace)})  # fmt: skip
    until(lambda: len(taker.of(trace)) >= 4)
    assert f"{CANARY}-path".encode() in b"".join(taker.raw)


def test_nobody_who_takes_spans_costs_nobody_anything(build_stack):
    """With nothing listening every request is answered well, and as fast as ever."""
    with build_stack(spans=1, is_patient=True) as made:
        token = made.issuer.token()
        answers = [
            made.get(SERVICES, token=token, headers={"traceparent": SAMPLED}) for _ in range(50)
        ]
    assert {200} == {each.status for each in answers}
    assert sorted(each.seconds for each in answers)[45] < 0.2
