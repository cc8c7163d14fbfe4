"""Parts of uploads: in any order, again, cut, wrong."""

import base64
import hashlib
import os
import socket
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import httpx
import pytest

PART = 65_536
UPLOADS = "/api/v1/artifacts/uploads"


def _files(stack: Any) -> list[Path]:
    return [path for path in (stack.folder / "artifacts").rglob("*") if path.is_file()]


def test_parts_come_in_any_order_and_again(begin: Any, send: Any, complete: Any) -> None:
    """What was received says what is missing; a part sent twice counts once, as it was last."""
    content = os.urandom(2 * PART + 100)
    upload = begin("a.bin", len(content))
    assert 3 == upload["parts"]
    for number, bytes_ in ((3, content), (1, os.urandom(PART)), (2, content), (1, content)):
        assert 200 == send(upload, number, bytes_).status_code
    found = complete(upload)
    assert ("ready", [1, 2, 3]) == (found["state"], [part["number"] for part in found["received"]])
    assert hashlib.sha256(content[:PART]).hexdigest() == found["received"][0]["sha256"]


def test_a_cut_part_leaves_nothing_and_may_be_sent_again(
    running: Any, operator: httpx.Client, begin: Any, send: Any, stack: Any, until: Any
) -> None:
    """The connection ends in the middle of a part; the upload goes on where it was."""
    content = os.urandom(2 * PART)
    upload = begin("cut.bin", len(content))
    send(upload, 1, content)
    before = len(_files(stack))
    address = urlparse(running.url)
    path = f"{UPLOADS}/{upload['id']}/parts/2"
    headers = {**operator.headers, "content-length": str(PART), "host": "x"}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    with socket.create_connection((address.hostname, address.port)) as line:
        line.sendall(f"PUT {path} HTTP/1.1\r\n{head}\r\n".encode() + content[: PART // 2])
    state = operator.get(f"{UPLOADS}/{upload['id']}").json()
    assert [1] == [part["number"] for part in state["received"]]
    until(lambda: len(_files(stack)) == before)
    assert 200 == send(upload, 2, content).status_code


@pytest.mark.parametrize(
    ("number", "content", "headers", "status"),
    [
        (1, b"x", {}, 400),
        (1, b"x" * (PART + 1), {}, 400),
        (9, b"x", {}, 404),
        (1, b"x" * PART, {"content-type": "application/json"}, 415),
        (1, b"x" * PART, {"content-encoding": "gzip"}, 415),
        (1, b"x" * PART, {"content-digest": "sha-256=:AAAA:"}, 400),
    ],
)
def test_a_part_that_is_none_is_refused(
    operator: httpx.Client,
    begin: Any,
    number: int,
    content: bytes,
    headers: dict[str, str],
    status: int,
) -> None:
    """Too short, too long, beyond the end, dressed up as something else."""
    upload = begin("a.bin", 2 * PART)
    path = f"{UPLOADS}/{upload['id']}/parts/{number}"
    base = {"content-type": "application/octet-stream"}
    assert status == operator.put(path, content=content, headers=base | headers).status_code
    assert [] == operator.get(f"{UPLOADS}/{upload['id']}").json()["received"]


def test_digests_are_compared(begin: Any, send: Any, complete: Any, operator: Any) -> None:
    """Of a part by its field, of the file by what was said at either end."""
    content = os.urandom(PART)
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    upload = begin("a.bin", PART, sha256="0" * 64)
    wrong = send(upload, 1, os.urandom(PART), **{"content-digest": f"sha-256=:{digest}:"})
    assert (422, "digest_mismatch") == (wrong.status_code, wrong.json()["code"])
    right = send(upload, 1, content, **{"content-digest": f"sha-256=:{digest}:"})
    assert hashlib.sha256(content).hexdigest() == right.json()["sha256"]
    other = operator.post(f"{UPLOADS}/{upload['id']}/complete", json={"sha256": "1" * 64})
    assert 409 == other.status_code
    refused = complete(upload)
    assert ("refused", "is not what its sender has digested") == (
        refused["state"],
        refused["refusal"],
    )


def test_this_store_signs_no_links(operator: Any, begin: Any) -> None:
    """The upload says so, and the answer too."""
    upload = begin("a.bin", PART)
    claims = {"parts": [{"number": 1, "sha256": "0" * 64}]}
    answer = operator.post(f"{UPLOADS}/{upload['id']}/links", json=claims)
    assert (False, 409) == (upload["direct"], answer.status_code)
