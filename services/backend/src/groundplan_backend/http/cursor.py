"""Cursors of lists: the last key of a page, signed, so that a client can only hand them back."""

import base64
import binascii
import hashlib
import hmac
from typing import Final

from groundplan_backend.errors import InvalidRequest
from groundplan_backend.settings import Secret
from groundplan_contracts.problem import FieldError

_SIGNATURE: Final = 12


class Cursors:
    """Writes and reads the cursors of every list; one list refuses another's."""

    def __init__(self, key: Secret) -> None:
        self._key = hashlib.sha256(b"cursor:" + key.reveal().encode()).digest()

    def write(self, listing: str, last: str) -> str:
        """Return the cursor that continues `listing` after the key `last`."""
        signed = self._signature(listing, last.encode()) + last.encode()
        return base64.urlsafe_b64encode(signed).decode().rstrip("=")

    def read(self, listing: str, cursor: str) -> str:
        """Return the key to continue after.

        Raises:
            InvalidRequest: the cursor was not written here for this listing.
        """
        try:
            signed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True)
            signature, last = signed[:_SIGNATURE], signed[_SIGNATURE:]
            if hmac.compare_digest(signature, self._signature(listing, last)):
                return last.decode()
        except (binascii.Error, ValueError):
            pass
        raise InvalidRequest(
            "the query is not as described", errors=[FieldError("after", "is no cursor of ours")]
        )

    def _signature(self, listing: str, last: bytes) -> bytes:
        message = listing.encode() + b"\0" + last
        return hmac.digest(self._key, message, "sha256")[:_SIGNATURE]
