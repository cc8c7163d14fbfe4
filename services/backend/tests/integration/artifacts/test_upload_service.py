"""Uploads: ended, ended again, abandoned, empty, too large, begun twice."""

import uuid
from typing import Any

PART = 65_536
UPLOADS = "/api/v1/artifacts/uploads"


def test_an_upload_without_all_parts_does_not_end(operator: Any, begin: Any, send: Any) -> None:
    """The answer names what is missing."""
    upload = begin("a.bin", 3 * PART)
    send(upload, 2, bytes(3 * PART))
    answer = operator.post(f"{UPLOADS}/{upload['id']}/complete", json={})
    assert (409, "upload_incomplete", "2 parts are missing: 1, 3") == (
        answer.status_code,
        answer.json()["code"],
        answer.json()["detail"],
    )


def test_an_ended_upload_takes_nothing_and_tells_what_became_of_it(
    operator: Any, put: Any, send: Any, complete: Any
) -> None:
    """Ending again gives the same answer; parts and abandoning come too late."""
    done = put("a.bin", b"x" * 10)
    assert "ready" == done["state"]
    assert "ready" == complete(done)["state"]
    assert 409 == send(done, 1, b"x" * 10).status_code
    assert 409 == operator.delete(f"{UPLOADS}/{done['id']}").status_code


def test_an_abandoned_upload_is_gone(operator: Any, begin: Any, send: Any) -> None:
    """Its parts are nobody's any more."""
    upload = begin("a.bin", PART)
    send(upload, 1, bytes(PART))
    assert 204 == operator.delete(f"{UPLOADS}/{upload['id']}").status_code
    assert 404 == operator.get(f"{UPLOADS}/{upload['id']}").status_code
    assert 404 == send(upload, 1, bytes(PART)).status_code


def test_an_empty_file_has_no_parts(put: Any, operator: Any) -> None:
    """It is there all the same."""
    done = put("empty.txt", b"")
    content = operator.get(f"/api/v1/artifacts/{done['id']}/content")
    assert ("ready", 200, b"") == (done["state"], content.status_code, content.content)


def test_a_file_that_is_too_large_is_refused_at_once(operator: Any) -> None:
    """Before any byte of it came."""
    answer = operator.post(UPLOADS, json={"name": "a", "size": (4 << 20) + 1})
    assert (413, "payload_too_large") == (answer.status_code, answer.json()["code"])


def test_the_same_key_begins_one_upload(operator: Any) -> None:
    """A create that is sent twice is one create."""
    headers = {"idempotency-key": str(uuid.uuid4())}
    body = {"name": "a", "size": 1}
    ids = {operator.post(UPLOADS, json=body, headers=headers).json()["id"] for _ in range(2)}
    assert 1 == len(ids)
    other = operator.post(UPLOADS, json={**body, "size": 2}, headers=headers)
    assert 422 == other.status_code


def test_uploads_are_counted(put: Any, operator: Any) -> None:
    """What was checked to the end, and how many bytes that were."""
    before = _counted(operator)
    put("counted.bin", b"x" * 100)
    after = _counted(operator)
    assert (1.0, 100.0) == (after[0] - before[0], after[1] - before[1])


def _counted(client: Any) -> tuple[float, ...]:
    """Return the ready uploads and the bytes of all, as the metrics tell them."""
    names = ('uploads_total{outcome="ready"} ', "upload_bytes_total ")
    lines = client.get("/metrics").text.splitlines()
    return tuple(
        sum(float(line.removeprefix(name)) for line in lines if line.startswith(name))
        for name in names
    )
