"""A server that answers with what was recorded, and remembers what it was asked."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

_RECORDED = Path(__file__).with_name("recorded")


@dataclass(frozen=True)
class Asked:
    """One question."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        """The body as a form."""
        return {name: texts[0] for name, texts in parse_qs(self.body.decode()).items()}

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass
class Keeper:
    """Answers by path; what it does not know is 404."""

    url: str
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def knows(self, path: str, recorded: str, status: int = 200) -> "Keeper":
        """Answer a path with a recording."""
        self.answers[path] = (status, (_RECORDED / recorded).read_bytes())
        return self

    def says(self, path: str, value: object, status: int = 200) -> "Keeper":
        """Answer a path with a value."""
        self.answers[path] = (status, json.dumps(value).encode())
        return self


@pytest.fixture
def keeper() -> Iterator[Keeper]:
    """A server on a port of its own, which ends with the test."""
    known = Keeper("")

    class Handler(BaseHTTPRequestHandler):
        """Answers what `known` says."""

        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            query = {name: texts[0] for name, texts in parse_qs(parts.query).items()}
            headers = {name.lower(): value for name, value in self.headers.items()}
            known.asked.append(Asked(self.command, parts.path, query, headers, body))
            status, answer = known.answers.get(parts.path, (404, b'{"data":null}'))
            self.send_response(status)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = _answer  # noqa: N815 - as the library calls them

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    known.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield known
    server.shutdown()
    server.server_close()


@pytest.fixture
def place(keeper: Keeper) -> Callable[..., Any]:
    """Make a place to ask the server at."""
    from groundplan_backend.telemetry.ask import Place

    return lambda *more: Place(keeper.url, *more)
