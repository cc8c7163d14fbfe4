"""A trace is sent in one request, and a store that is not well costs no error."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from groundplan.runner.startup.post import Store, post


@pytest.fixture
def store():
    """Serve a store that notes what it is sent and answers as told."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            server.seen.append((self.path, self.headers["authorization"], body))
            self.send_response(server.answers)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.seen, server.answers = [], 200
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("status", "taken"), [(200, True), (400, False), (413, False), (429, None), (503, None)]
)
def test_it_is_taken_refused_or_for_later(store, status, taken):
    """The path, the key and the body are the store's; a busy store is asked again."""
    store.answers = status
    assert taken is post(Store(store.server_port, "k"), b"{}")
    assert [("/v1/traces", "Bearer k", b"{}")] == store.seen


def test_nobody_there_is_for_later(store):
    """A closed port is no error."""
    store.server_close()
    assert post(Store(store.server_port, "k"), b"{}") is None


def test_the_key_is_not_shown():
    """What describes a store hides its key."""
    assert "hush" not in repr(Store(1, "hush"))
