"""Requests are followed until everybody has told of them."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from bench.arrival import measure
from bench.arrival.measure import LOADED, REST, Place, Plan
from bench.stack import BenchError


def span(service: str, system: str | None = None) -> dict[str, Any]:
    """Return a span as the console's interface tells it."""
    return {"service": service, "attributes": {"db.system.name": system} if system else {}}


WHOLE = [
    span("frontend"),
    span("gateway"),
    span("authz", "redis"),
    span("backend"),
    span("backend", "postgresql"),
]


class Console(ThreadingHTTPServer):
    """Answers requests, and knows more of a trace each time somebody looks."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Page)
        self.looks: dict[str, int] = {}
        self.status = 200

    def spans(self, trace: str) -> list[dict[str, Any]] | None:
        """Return what is known: first nothing, then a part, then all."""
        self.looks[trace] = self.looks.get(trace, 0) + 1
        return [None, WHOLE[:2], WHOLE][min(self.looks[trace], 3) - 1]


class Page(BaseHTTPRequestHandler):
    """One connection to the console."""

    server: Console
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a trace, or with the status that the test wants."""
        status, told = self.server.status, dict[str, Any]()
        if self.path.startswith("/api/v1/telemetry/traces/"):
            spans = self.server.spans(self.path.rpartition("/")[2])
            status, told = (404, {}) if spans is None else (200, {"spans": spans})
        self._answer(status, told)

    def do_POST(self) -> None:
        """Take an annotation."""
        self.rfile.read(int(self.headers["content-length"]))
        self._answer(201, {})

    def _answer(self, status: int, told: object) -> None:
        content = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture
def console() -> Iterator[Console]:
    """A console that listens while the test runs."""
    server = Console()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "_PAUSE", 0.0)
    monkeypatch.setattr(measure, "_GLANCE", 0.0)


def place(console: Console) -> Place:
    """Return the place where it listens."""
    return Place(f"http://127.0.0.1:{console.server_port}", "followed", "other")


def test_all_six_have_to_tell() -> None:
    """Stores are known by who calls them; whoever has not told is named."""
    assert () == measure.missing(WHOLE)
    assert ("authz", "redis") == measure.missing([*WHOLE[:2], *WHOLE[3:]])


def test_a_request_is_followed_until_its_trace_is_whole(console: Console) -> None:
    """In both states, and each until the third look."""
    found = measure.measure(place(console), Plan(2, 600), lambda line: None)
    assert [REST, REST, LOADED, LOADED] == [each.state for each in found.arrivals]
    assert [(), (), (), ()] == [each.missing for each in found.arrivals]
    assert [3, 3, 3, 3] == list(console.looks.values())


def test_one_that_never_is_whole_is_given_up(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was missing is told."""
    monkeypatch.setattr(measure, "PATIENCE", 0.5)
    monkeypatch.setattr(console, "spans", lambda trace: WHOLE[:4])
    found = measure.measure(place(console), Plan(1, 600), lambda line: None)
    assert [("postgresql",), ("postgresql",)] == [each.missing for each in found.arrivals]


def test_a_refused_request_ends_the_run(console: Console) -> None:
    """With the status that it got."""
    console.status = 401
    with pytest.raises(BenchError, match="answered 401"):
        measure.measure(place(console), Plan(1, 600), lambda line: None)
