"""The keys of the audit record: what proves an event, and what links it to the one before.

Both are HMAC-SHA256 with keys that are derived from the key-encryption-key. That key never
enters the database, so nobody who has only the database can make a proof or a link.
"""

import hmac
import os
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from groundplan_backend.settings import Secret

GENESIS: Final = bytes(32)
"""What stands before the first link."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_MILLISECOND: Final = timedelta(milliseconds=1)


class Content(NamedTuple):
    """All of an event that is proven, in the order in which it is; JSON is text as it stands."""

    id: UUID
    at: datetime
    actor: str
    action: str
    target: str
    outcome: str
    detail: str
    before: str | None
    after: str | None
    address: str
    request_id: str
    trace_id: str


class Signer:
    """Makes proofs and links."""

    def __init__(self, key: Secret) -> None:
        root = hmac.digest(key.reveal().encode(), b"groundplan audit 1", "sha256")
        self._event = hmac.digest(root, b"event", "sha256")
        self._link = hmac.digest(root, b"link", "sha256")

    def proof(self, content: Content) -> bytes:
        """Return the proof of an event; no text of PostgreSQL's can hold the separator."""
        first, at, *texts = content
        moment = (at - _EPOCH) // _MICROSECOND
        message = "\0".join([first.hex, str(moment), *(text or "" for text in texts)])
        return hmac.digest(self._event, message.encode(), "sha256")

    def link(self, before: bytes, position: int, event: UUID, proof: bytes) -> bytes:
        """Return the link of an event at its position, after the link `before`."""
        message = before + position.to_bytes(8, "big") + event.bytes + proof
        return hmac.digest(self._link, message, "sha256")


def first_id(at: datetime) -> UUID:
    """Return the least id (UUID version 7) of a moment, for comparisons."""
    return UUID(int=max(0, (at - _EPOCH) // _MILLISECOND) << 80)


def new_id(at: datetime) -> UUID:
    """Return an id (UUID version 7) whose order is that of time to the microsecond."""
    micros = (at - _EPOCH) // _MICROSECOND
    fraction = micros % 1000 * 4096 // 1000
    random = int.from_bytes(os.urandom(8), "big") >> 2
    high = (micros // 1000) << 16 | 7 << 12 | fraction
    return UUID(int=high << 64 | 2 << 62 | random)
