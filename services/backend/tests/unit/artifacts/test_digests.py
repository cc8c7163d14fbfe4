"""The Content-Digest field."""

import base64
import hashlib

import pytest

from groundplan_backend.artifacts import digests
from groundplan_backend.errors import InvalidRequest

DIGEST = hashlib.sha256(b"part").digest()
TEXT = base64.b64encode(DIGEST)


@pytest.mark.parametrize(
    "field", [b"sha-256=:" + TEXT + b":", b"sha-512=:aaaa:, sha-256=:" + TEXT + b":"]
)
def test_the_digest_is_found_among_others(field: bytes) -> None:
    """RFC 9530 allows several; SHA-256 is the one that is compared."""
    assert DIGEST == digests.of_content({b"content-digest": field})


def test_none_is_no_fault() -> None:
    """A sender need not digest its parts."""
    assert None is digests.of_content({})


@pytest.mark.parametrize("field", [b"", b"sha-256=" + TEXT, b"sha-256=:abcd:", b"md5=:aaaa:"])
def test_what_is_no_sha_256_is_refused(field: bytes) -> None:
    """A field that says nothing must not pass for a check."""
    with pytest.raises(InvalidRequest):
        digests.of_content({b"content-digest": field})
