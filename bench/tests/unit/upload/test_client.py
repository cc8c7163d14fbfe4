"""The client, against a server that keeps what it gets."""

import hashlib
import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from bench.stack import BenchError
from bench.upload.client import Client

PART = 1000


class _Store(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    parts: dict[int, bytes]
    state: str

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        said = json.loads(self._body())
        if self.path.endswith("/complete"):
            return self._answer(202, json.dumps({"state": "checking"}).encode())
        parts = -(-said["size"] // PART)
        made = {"id": "1", "part_size": PART, "parts": parts}
        return self._answer(201, json.dumps(made).encode())

    def do_PUT(self) -> None:
        self.parts[int(self.path.rpartition("/")[2])] = self._body()
        self._answer(200, b"{}")

    def do_GET(self) -> None:
        if self.path.endswith("/content"):
            whole = b"".join(self.parts[number] for number in sorted(self.parts))
            return self._answer(200, whole)
        return self._answer(200, json.dumps({"state": self.state}).encode())

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers["content-length"]))

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def store() -> Iterator[tuple[str, Any]]:
    """A server's address, and what it keeps."""
    kept = type("Kept", (_Store,), {"parts": {}, "state": "ready"})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kept)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", kept
    server.shutdown()
    server.server_close()


def test_a_file_goes_out_in_parts_and_comes_back(store: tuple[str, Any], tmp_path: Path) -> None:
    """The last part is what is left; the digest is of what came."""
    url, kept = store
    content = os.urandom(2500)
    file = tmp_path / "a.bin"
    file.write_bytes(content)
    client = Client(url, "token")
    artifact = client.send(file)
    assert [1000, 1000, 500] == [len(kept.parts[number]) for number in (1, 2, 3)]
    digest = hashlib.sha256(content).hexdigest()
    assert (2500, digest) == client.fetch(artifact, digest=True)
    client.close()


def test_a_refused_file_ends_the_run(store: tuple[str, Any], tmp_path: Path) -> None:
    """Figures of work that was not done are worth nothing."""
    url, kept = store
    kept.state = "refused"
    file = tmp_path / "a.bin"
    file.write_bytes(b"x")
    with pytest.raises(BenchError, match="ended as refused"):
        Client(url, "token").send(file)
