"""wrk's figures and failures arrive in the harness."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench import load, report, rounds
from bench.scenario import CREATE, LIST
from bench.stack import BenchError, Stack


class Answer(BaseHTTPRequestHandler):
    """Answers every request with the server's status."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with an empty list."""
        body = b'{"items":[]}'
        assert isinstance(self.server, Server)
        self.send_response(self.server.status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Keeps quiet about the connections that wrk drops at its end."""

    daemon_threads = True
    status = 200

    def handle_error(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    """Serve on a free port until the test ends."""
    serving = Server(("127.0.0.1", 0), Answer)
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    yield serving
    serving.shutdown()
    serving.server_close()


def address(server: Server) -> str:
    """Return where the server listens."""
    return f"http://127.0.0.1:{server.server_address[1]}"


def test_a_server_that_answers_is_counted_without_errors(server: Server) -> None:
    """A good server gives requests, ordered percentiles and no error."""
    server.status = 200

    seen = load.run(LIST, address(server), "token", seconds=1)

    assert seen.requests > 0
    assert 0 < seen.p50 <= seen.p95 <= seen.p99
    assert sum(seen.errors.values()) == 0


def test_a_server_that_answers_errors_makes_the_run_invalid(server: Server) -> None:
    """Negative control: answers of 500 are failures, and the run says so."""
    server.status = 500
    seen = load.run(LIST, address(server), "token", seconds=1)

    sample = rounds.Sample(
        "list",
        "ours",
        1,
        seen.requests,
        seen.per_second,
        seen.p50,
        seen.p95,
        seen.p99,
        seen.errors,
        {},
    )

    assert seen.errors["status"] == seen.requests
    assert len(report.failures([sample])) == 1


def test_a_wrong_answer_is_refused_before_any_load(server: Server) -> None:
    """Negative control: a stack that does not do the work is not measured."""
    server.status = 503

    with pytest.raises(BenchError, match="answered list with 503"):
        rounds.require_equal_work([Stack("ours", address(server), {})], LIST, "token")


def test_a_create_that_nobody_serves_is_refused(server: Server) -> None:
    """Negative control: a method that the stack does not know is no measurement."""
    with pytest.raises(BenchError, match="answered create with 501"):
        rounds.require_equal_work([Stack("ours", address(server), {})], CREATE, "token")
