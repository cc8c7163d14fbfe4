"""Who asks again does so after one kind of refusal only, and never with a body that is gone."""

import http.server
import json
import threading
from collections.abc import Iterator

import patient as module
import pytest
from patient import ASKED, PAUSES, patient

UNDECIDED = (503, "authorization_unavailable")
FINE = (200, "fine")


class Server(http.server.ThreadingHTTPServer):
    """Gives the answers that it is told to give, the last of them again and again."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = [FINE]
        self.asked = 0


class Handler(http.server.BaseHTTPRequestHandler):
    """Gives the next answer."""

    server: Server

    def do_GET(self) -> None:
        """Answer in JSON."""
        told = self.server.answers[min(self.server.asked, len(self.server.answers) - 1)]
        self.server.asked += 1
        body = json.dumps({"code": told[1]}).encode()
        self.send_response(told[0])
        self.send_header("content-length", str(len(body)))
        self.send_header("connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        """Answer the same."""
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server whose callers do not wait for long."""
    monkeypatch.setattr(module, "PAUSES", tuple(each / 100 for each in PAUSES))
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("answers", "status", "asked"),
    [
        ([FINE], 200, 1),
        ([UNDECIDED, FINE], 200, 2),
        ([UNDECIDED], 503, 1 + len(PAUSES)),
        ([(503, "dependency_unavailable"), FINE], 503, 1),
        ([(401, "authorization_unavailable"), FINE], 401, 1),
        ([(500, "authorization_unavailable"), FINE], 500, 1),
    ],
)
def test_it_asks_again_where_nobody_decided(
    server: Server, answers: list[tuple[int, str]], status: int, asked: int
) -> None:
    """Every other answer is passed on at once, and a refusal that lasts in the end."""
    server.answers = answers
    with patient(f"http://127.0.0.1:{server.server_port}") as client:
        answer = client.get("/")
    assert (status, asked) == (answer.status_code, server.asked)
    assert answers[min(asked, len(answers)) - 1][1] == answer.json()["code"]
    assert answer.extensions[ASKED] > 0


def test_a_body_that_comes_in_pieces_is_sent_once(server: Server) -> None:
    """It would be empty the second time."""
    server.answers = [UNDECIDED, FINE]
    with patient(f"http://127.0.0.1:{server.server_port}") as client:
        answer = client.post("/", content=iter([b"a", b"b"]))
    assert (503, 1) == (answer.status_code, server.asked)


def test_a_stream_is_handed_on_as_one(server: Server) -> None:
    """What is asked for piece by piece comes so, after a refusal too."""
    server.answers = [UNDECIDED, FINE]
    with (
        patient(f"http://127.0.0.1:{server.server_port}") as client,
        client.stream("GET", "/") as answer,
    ):
        assert {"code": "fine"} == json.loads(b"".join(answer.iter_bytes()))
