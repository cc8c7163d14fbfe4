"""Versions of single things: the `ETag` that tells one, and the `If-Match` that asks for it."""

import hashlib
from typing import Final

from groundplan_backend.errors import PreconditionFailed

Header = tuple[bytes, bytes]

READS: Final = {"If-Match": "The ETag of the version to change."}
"""What an operation declares that asks for a version."""


def of(body: bytes) -> str:
    """Return the version of what has no number: the digest of what is answered."""
    return hashlib.sha256(body).hexdigest()[:32]


def etag(revision: int | str) -> Header:
    """Return the header that tells the version of what is answered."""
    return (b"etag", f'"{revision}"'.encode())


def check(headers: dict[bytes, bytes], revision: int | str) -> None:
    """Refuse a change of another version than the one that the client has seen.

    Raises:
        PreconditionFailed: `If-Match` is there and names other versions.
    """
    asked = headers.get(b"if-match")
    if asked is None or asked.strip() == b"*":
        return
    if etag(revision)[1] not in {one.strip() for one in asked.split(b",")}:
        raise PreconditionFailed("it has changed since; read it again")
