"""A client that sends and fetches one file and costs next to nothing itself.

Bytes go from a file in memory into the socket inside the kernel, and come back into one buffer.
"""

import hashlib
import json
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlparse

from bench.stack import BenchError

UPLOADS: Final = "/api/v1/artifacts/uploads"
_BUFFER: Final = 1 << 20
_CHECKED_WITHIN: Final = 120.0


class Client:
    """One signed-in caller of one stack, on one connection."""

    def __init__(self, url: str, token: str) -> None:
        address = urlparse(url)
        self._line = HTTPConnection(str(address.hostname), address.port, timeout=120)
        self._headers = {"Authorization": f"Bearer {token}"}

    def send(self, file: Path) -> str:
        """Upload a file and wait until it is checked; return its id.

        Raises:
            BenchError: anything but success.
        """
        size = file.stat().st_size
        upload = self._ask("POST", UPLOADS, {"name": file.name, "size": size}, expected=201)
        path = f"{UPLOADS}/{upload['id']}"
        with file.open("rb") as content:
            for number in range(1, upload["parts"] + 1):
                start = (number - 1) * upload["part_size"]
                length = min(upload["part_size"], size - start)
                self._send_part(f"{path}/parts/{number}", content, start, length)
        self._end(path)
        return str(upload["id"])

    def fetch(self, artifact: str, *, digest: bool = False) -> tuple[int, str]:
        """Fetch a file; return how many bytes came, and their SHA-256 where it is wanted."""
        self._line.request("GET", f"/api/v1/artifacts/{artifact}/content", headers=self._headers)
        answer = self._line.getresponse()
        self._check(answer, 200)
        found, size, buffer = hashlib.sha256(), 0, memoryview(bytearray(_BUFFER))
        while count := answer.readinto(buffer):
            size += count
            if digest:
                found.update(buffer[:count])
        return size, found.hexdigest() if digest else ""

    def close(self) -> None:
        """End the connection."""
        self._line.close()

    def _send_part(self, path: str, content: Any, start: int, length: int) -> None:
        self._line.putrequest("PUT", path)
        for name, value in self._headers.items():
            self._line.putheader(name, value)
        self._line.putheader("Content-Type", "application/octet-stream")
        self._line.putheader("Content-Length", str(length))
        self._line.endheaders()
        self._line.sock.sendfile(content, start, length)
        answer = self._line.getresponse()
        self._check(answer, 200)
        answer.read()

    def _end(self, path: str) -> None:
        state = self._ask("POST", f"{path}/complete", {}, expected=0)["state"]
        deadline = time.monotonic() + _CHECKED_WITHIN
        while state == "checking" and time.monotonic() < deadline:
            time.sleep(0.05)
            state = self._ask("GET", path, None, expected=200)["state"]
        if state != "ready":
            raise BenchError(f"the upload ended as {state}")

    def _ask(
        self, method: str, path: str, document: Mapping[str, object] | None, *, expected: int
    ) -> dict[str, Any]:
        headers = {**self._headers, "Content-Type": "application/json"}
        body = None if document is None else json.dumps(document)
        self._line.request(method, path, body, headers)
        answer = self._line.getresponse()
        self._check(answer, expected)
        found: dict[str, Any] = json.loads(answer.read())
        return found

    def _check(self, answer: HTTPResponse, expected: int) -> None:
        fine = answer.status in (200, 202) if expected == 0 else answer.status == expected
        if not fine:
            raise BenchError(f"answered {answer.status}: {answer.read(300)!r}")
