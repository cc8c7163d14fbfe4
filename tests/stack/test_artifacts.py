"""Files through frontend, gateway and backend: streamed, resumed, in ranges, kept in the store."""

import hashlib
import os
import socket
import ssl
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlparse

import httpx
import pytest
from stack import People, Stack

UPLOADS = "/api/v1/artifacts/uploads"
OCTETS = {"content-type": "application/octet-stream"}
MEBI = 1 << 20
HOSTILE = [
    "../../x",
    "/etc/passwd",
    "..%2f..%2fx",
    "a\\..\\x",
    "C:\\x",
    "a\x00b",
    "nul",
    "\u202ex",
]


@pytest.fixture
def operator(ready: Stack, signed_in: People) -> Iterator[httpx.Client]:
    """An operator's way in, by the frontend."""
    headers = {"authorization": f"Bearer {signed_in.tokens['operator']}"}
    with httpx.Client(base_url=ready.url, headers=headers, timeout=30) as client:
        yield client


def _begin(operator: httpx.Client, name: str, content: bytes) -> dict[str, Any]:
    answer = operator.post(UPLOADS, json={"name": name, "size": len(content)})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _send(operator: httpx.Client, upload: dict[str, Any], number: int, content: bytes) -> int:
    size = upload["part_size"]
    part = content[(number - 1) * size : number * size]
    path = f"{UPLOADS}/{upload['id']}/parts/{number}"
    return operator.put(path, content=part, headers=OCTETS).status_code


def _complete(operator: httpx.Client, upload: dict[str, Any]) -> dict[str, Any]:
    path = f"{UPLOADS}/{upload['id']}"
    assert operator.post(f"{path}/complete", json={}).status_code in (200, 202)
    deadline = time.monotonic() + 30
    while True:
        found: dict[str, Any] = operator.get(path).json()
        if found["state"] != "checking" or time.monotonic() > deadline:
            return found
        time.sleep(0.1)


def test_a_file_goes_in_and_comes_out(operator: httpx.Client) -> None:
    """Two parts of 16 MiB and some more, whole and in a range over a seam."""
    content = os.urandom(34 * MEBI)
    upload = _begin(operator, "backup.bin", content)
    assert (16 * MEBI, 3) == (upload["part_size"], upload["parts"])
    assert [200] * 3 == [_send(operator, upload, number, content) for number in (2, 3, 1)]
    assert "ready" == _complete(operator, upload)["state"]
    path = f"/api/v1/artifacts/{upload['id']}"
    fetched = operator.get(f"{path}/content")
    assert hashlib.sha256(content).digest() == hashlib.sha256(fetched.content).digest()
    assert "nosniff" == fetched.headers["x-content-type-options"]
    middle = operator.get(f"{path}/content", headers={"range": "bytes=16777210-16777225"})
    assert (206, content[16777210:16777226]) == (middle.status_code, middle.content)
    assert 204 == operator.delete(path).status_code


def test_a_cut_connection_costs_one_part(
    ready: Stack, operator: httpx.Client, signed_in: People
) -> None:
    """The line breaks in the middle of the second part; the upload says so and goes on."""
    content = os.urandom(20 * MEBI)
    upload = _begin(operator, "cut.bin", content)
    assert 200 == _send(operator, upload, 1, content)
    head = (
        f"PUT {UPLOADS}/{upload['id']}/parts/2 HTTP/1.1\r\nhost: x\r\n"
        f"authorization: Bearer {signed_in.tokens['operator']}\r\n"
        f"content-type: application/octet-stream\r\ncontent-length: {4 * MEBI}\r\n\r\n"
    )
    with _line(ready.url) as line:
        line.sendall(head.encode() + content[16 * MEBI : 18 * MEBI])
    state = operator.get(f"{UPLOADS}/{upload['id']}").json()
    assert [1] == [part["number"] for part in state["received"]]
    assert 200 == _send(operator, upload, 2, content)
    assert "ready" == _complete(operator, upload)["state"]


def _line(url: str) -> socket.socket:
    address = urlparse(url)
    plain = socket.create_connection((address.hostname, address.port), 10)
    if address.scheme == "http":
        return plain
    context = ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE"))
    return context.wrap_socket(plain, server_hostname=address.hostname)


def test_what_is_too_large_is_refused_before_it_is_read(operator: httpx.Client) -> None:
    """A part of more than 16 MiB by nginx, what is no part by the backend."""
    upload = _begin(operator, "a.bin", bytes(100))
    path = f"{UPLOADS}/{upload['id']}/parts/1"
    large = operator.put(path, content=bytes(17 * MEBI), headers=OCTETS)
    assert (413, "payload_too_large") == (large.status_code, large.json()["code"])
    long = operator.put(path, content=bytes(MEBI), headers=OCTETS)
    assert (400, "invalid_request") == (long.status_code, long.json()["code"])


def test_hostile_names_write_nothing(ready: Stack, operator: httpx.Client) -> None:
    """Refused by name; the data folder holds nothing new."""
    before = {path for path in ready.data.rglob("*") if path.is_file() and "x" == path.name}
    statuses = [
        operator.post(UPLOADS, json={"name": name, "size": 1}).status_code for name in HOSTILE
    ]
    assert [400] * len(HOSTILE) == statuses
    after = {path for path in ready.data.rglob("*") if path.is_file() and "x" == path.name}
    assert before == after


def test_a_link_needs_no_identity(ready: Stack, operator: httpx.Client) -> None:
    """It leads to the frontend's own address and opens one file."""
    upload = _begin(operator, "shared.txt", b"shared")
    _send(operator, upload, 1, b"shared")
    _complete(operator, upload)
    made = operator.post(f"/api/v1/artifacts/{upload['id']}/links", json={"expires_in": 60})
    assert made.json()["url"].startswith(ready.url)
    assert b"shared" == httpx.get(made.json()["url"]).content
    assert 403 == httpx.get(made.json()["url"][:-1] + "_").status_code
    assert 401 == httpx.get(f"{ready.url}/api/v1/artifacts/{upload['id']}/content").status_code


def test_viewers_send_nothing(ready: Stack, signed_in: People) -> None:
    """The gateway refuses before a byte reaches the backend."""
    headers = {"authorization": f"Bearer {signed_in.tokens['viewer']}"}
    answer = httpx.post(f"{ready.url}{UPLOADS}", json={"name": "a", "size": 1}, headers=headers)
    assert 403 == answer.status_code
