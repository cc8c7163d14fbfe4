"""A Groundplan that answers as it is told, for what speaks to one."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


@dataclass
class Answering:
    """Answers by `METHOD /path below /api/v1`, lists in turn; keeps what it was asked."""

    url: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def answer(self, question: str) -> tuple[int, Any]:
        """Return the next answer; 404 where none was told."""
        found = self.answers.get(question, (404, {"code": "not_found", "detail": question}))
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        return found if isinstance(found, tuple) else (200, found)


@pytest.fixture
def groundplan() -> Iterator[Answering]:
    """Return one that listens."""
    told = Answering()

    class Handler(BaseHTTPRequestHandler):
        def _handle(self) -> None:
            raw = self.rfile.read(int(self.headers.get("content-length", "0")))
            is_json = self.headers.get("content-type") == "application/json"
            question = f"{self.command} {self.path.removeprefix('/api/v1')}"
            told.asked.append((question, json.loads(raw) if is_json else raw))
            told.headers.append({name.lower(): each for name, each in self.headers.items()})
            status, value = told.answer(question)
            body = value if isinstance(value, bytes) else json.dumps(value).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = _handle  # noqa: N815 - names of http.server

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield told
    server.shutdown()
    server.server_close()
