"""The thread that sends, against a real server that is well, slow, refuses, or is not there."""

import gzip
import http.server
import json
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from groundplan_contracts.tracing import sender
from groundplan_contracts.tracing.recorder import Recorder
from groundplan_contracts.tracing.settings import Tracing
from groundplan_contracts.tracing.span import Span


class _Store(http.server.ThreadingHTTPServer):
    """Takes spans, answers as it is told."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.names: list[str] = []
        self.headers: dict[str, str] = {}
        self.status = 200
        self.asked = 0
        self.wait = threading.Event()
        self.wait.set()
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()


class _Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Store

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.asked += 1
        self.server.wait.wait(10)
        status = self.server.status
        if status == 200:
            document = json.loads(gzip.decompress(body))
            spans = document["resourceSpans"][0]["scopeSpans"][0]["spans"]
            self.server.names += [span["name"] for span in spans]
            self.server.headers = {name.lower(): each for name, each in self.headers.items()}
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gather and pause for moments only; what is answered late would be sent twice."""
    monkeypatch.setattr(sender, "EVERY", 0.02)
    monkeypatch.setattr(sender, "_FIRST_PAUSE", 0.02)
    monkeypatch.setattr(sender, "TIMEOUT", 5.0)


@pytest.fixture
def store() -> Iterator[_Store]:
    """A store that is well."""
    made = _Store()
    yield made
    made.wait.set()
    made.shutdown()
    made.server_close()


def _recorder(port: int) -> Recorder:
    headers = {"authorization": "Bearer k"}
    return Recorder(Tracing(endpoint=f"http://127.0.0.1:{port}", headers=headers))


def _span(name: str) -> Span:
    return Span(trace_id="a" * 32, span_id="b" * 16, name=name, start=1, end=2)


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.005)


def test_spans_arrive_in_order_with_key_and_kind(store: _Store) -> None:
    """What was kept is sent once, packed, to the path of the protocol."""
    made = _recorder(store.server_address[1])
    for number in range(5):
        made.keep(_span(str(number)))
    _until(lambda: made.outcomes["sent"] == 5)
    assert ["0", "1", "2", "3", "4"] == store.names
    assert "Bearer k" == store.headers["authorization"]
    made.close()


def test_what_waits_is_sent_at_the_end(store: _Store) -> None:
    """A process that ends sends its last spans first."""
    made = _recorder(store.server_address[1])
    made.keep(_span("last"))
    made.close(20.0)
    assert ["last"] == store.names


def test_a_store_that_comes_back_gets_what_waited(store: _Store) -> None:
    """Nothing is lost while there is room."""
    store.status = 503
    made = _recorder(store.server_address[1])
    made.keep(_span("early"))
    _until(lambda: store.asked >= 2)
    store.status = 200
    made.keep(_span("late"))
    _until(lambda: store.names == ["early", "late"])
    made.close()


def test_what_the_store_refuses_is_dropped_and_counted(store: _Store) -> None:
    """A batch that will never be taken does not stand in the way of the next."""
    store.status = 400
    made = _recorder(store.server_address[1])
    made.keep(_span("bad"))
    _until(lambda: made.outcomes["refused"] == 1)
    store.status = 200
    made.keep(_span("good"))
    _until(lambda: store.names == ["good"])
    made.close()


def test_a_store_that_hangs_holds_nobody_up(
    store: _Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keeping a span takes no time, and the end of the process no longer than it may."""
    monkeypatch.setattr(sender, "TIMEOUT", 0.3)
    store.wait.clear()
    made = _recorder(store.server_address[1])
    began = time.monotonic()
    for _ in range(1000):
        made.keep(_span("x"))
    assert time.monotonic() - began < 0.2
    _until(lambda: store.asked >= 1)
    began = time.monotonic()
    made.close(0.1)
    assert time.monotonic() - began < 0.5


def test_a_store_that_is_not_there_costs_nothing_but_spans() -> None:
    """They wait, and are lost with the process at the latest."""
    made = _recorder(1)
    for _ in range(100):
        made.keep(_span("x"))
    began = time.monotonic()
    made.close(0.3)
    assert time.monotonic() - began < 1.0
    assert 0 == made.outcomes["sent"]


def test_what_cannot_be_written_is_dropped_and_counted(store: _Store) -> None:
    """The thread outlives a text that is none of Unicode: what comes after it is sent."""
    made = _recorder(store.server_address[1])
    made.keep(_span("\ud800"))
    _until(lambda: made.outcomes["refused"] == 1)
    made.keep(_span("good"))
    _until(lambda: store.names == ["good"])
    made.close()
