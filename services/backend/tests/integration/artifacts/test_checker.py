"""Checks of files that have come."""

import io
import os
import zipfile
from typing import Any

import pytest

EICAR = rb"*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$}7)CC7)^P(45XZP\4[PA@%P!O5X"[::-1]


def _zip(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.bin", b"\x7fELF" + bytes(100), "is a program"),
        ("a.txt", b"x" * 100_000 + EICAR, "holds what scanners know as a virus"),
        ("a.zip", _zip("../../x", b""), "holds '../../x', which leads out of the archive"),
        ("a.zip", _zip("x", bytes(32 << 20)), "unpacks to more than 100 times its size"),
        ("a.pdf", b"text", "is named as application/pdf but is text/plain"),
    ],
)
def test_a_file_that_is_not_taken_leaves_nothing(
    put: Any, operator: Any, name: str, content: bytes, reason: str
) -> None:
    """The upload says why; there is no artifact, and its parts are thrown away."""
    refused = put(name, content)
    assert ("refused", reason, []) == (refused["state"], refused["refusal"], refused["received"])
    assert 404 == operator.get(f"/api/v1/artifacts/{refused['id']}").status_code


async def test_a_check_of_a_dead_replica_is_taken_over(
    begin: Any, send: Any, operator: Any, stack: Any, until: Any
) -> None:
    """Nobody waits for ever because a process died at the wrong moment."""
    content = os.urandom(100)
    upload = begin("a.bin", len(content))
    send(upload, 1, content)
    await stack.fetch(
        "UPDATE artifact SET state = 'checking', checked_at = now() - interval '1 minute'"
        " WHERE id = $1::uuid",
        upload["id"],
    )
    path = f"/api/v1/artifacts/uploads/{upload['id']}"
    until(lambda: operator.get(path).json()["state"] == "ready", 30)


async def test_what_was_done_is_recorded(put: Any, stack: Any) -> None:
    """Beginning, making and refusing are events."""
    done, refused = put("a.txt", b"text"), put("a.exe", b"text")
    rows = await stack.fetch(
        "SELECT action, target FROM audit_event WHERE target = ANY($1) ORDER BY id",
        [done["id"], refused["id"]],
    )
    assert [
        ("artifact.upload", done["id"]),
        ("artifact.create", done["id"]),
        ("artifact.upload", refused["id"]),
        ("artifact.refuse", refused["id"]),
    ] == [tuple(row) for row in rows]
