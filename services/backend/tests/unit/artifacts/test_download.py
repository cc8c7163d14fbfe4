"""Which bytes a request gets, and with which headers."""

import uuid
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from groundplan_backend.artifacts import schemas
from groundplan_backend.artifacts.download import wanted
from groundplan_backend.errors import RangeNotSatisfiable

SIZE = 1000
ETAG = f'"{"a" * 64}"'.encode()


def _content(size: int = SIZE) -> Any:
    artifact = schemas.Artifact(
        id=uuid.UUID(int=1),
        name="plan.json",
        kind="plan",
        subject=None,
        size=size,
        sha256="a" * 64,
        media_type="application/json",
        created_by=None,
        created_at=datetime.now(UTC),
        expires_at=datetime.now(UTC),
    )
    return SimpleNamespace(artifact=artifact, read=lambda start, end: None)


def _answer(headers: dict[bytes, bytes], size: int = SIZE) -> tuple[int, dict[bytes, bytes]]:
    answer = wanted(_content(size), SimpleNamespace(headers=headers))  # type: ignore[arg-type]
    return answer.status, dict(answer.headers)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (b"bytes=0-0", b"bytes 0-0/1000"),
        (b"bytes=0-", b"bytes 0-999/1000"),
        (b"bytes=900-5000", b"bytes 900-999/1000"),
        (b"bytes=-1", b"bytes 999-999/1000"),
        (b"bytes=-5000", b"bytes 0-999/1000"),
    ],
)
def test_a_range_is_cut_to_the_file(asked: bytes, told: bytes) -> None:
    """First and last byte as RFC 9110 counts them."""
    status, headers = _answer({b"range": asked})
    assert (206, told) == (status, headers[b"content-range"])


@pytest.mark.parametrize(
    "asked", [b"bytes=0-1,5-6", b"lines=0-1", b"bytes=5-1", b"bytes=", b"bytes=a-b"]
)
def test_what_is_no_single_range_gets_the_whole(asked: bytes) -> None:
    """A server may leave a range out of account, and does for unusual ones."""
    status, headers = _answer({b"range": asked})
    assert (200, b"1000") == (status, headers[b"content-length"])


@pytest.mark.parametrize("asked", [b"bytes=1000-", b"bytes=2000-3000", b"bytes=-0"])
def test_a_range_behind_the_end_is_refused_with_the_size(asked: bytes) -> None:
    """The client learns how many bytes there are."""
    with pytest.raises(RangeNotSatisfiable) as refused:
        _answer({b"range": asked})
    assert "bytes */1000" == refused.value.headers["content-range"]


def test_conditions_are_kept() -> None:
    """Who has the file gets none; a range of another file becomes the whole of this one."""
    assert 304 == _answer({b"if-none-match": b'"x", W/' + ETAG})[0]
    assert 200 == _answer({b"range": b"bytes=0-1", b"if-range": b'"other"'})[0]
    assert 206 == _answer({b"range": b"bytes=0-1", b"if-range": ETAG})[0]


def test_nothing_that_is_fetched_is_run() -> None:
    """A page of a stranger's is saved, not shown."""
    _, headers = _answer({})
    assert b"nosniff" == headers[b"x-content-type-options"]
    assert b"sandbox; default-src 'none'" == headers[b"content-security-policy"]
    assert headers[b"content-disposition"].startswith(b"attachment;")
