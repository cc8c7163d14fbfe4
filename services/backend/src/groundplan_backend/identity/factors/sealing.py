"""Secrets at rest: AES-256-GCM under a key of their own, derived from the key-encryption key.

Takes bytes and what they belong to; hands on what may lie in the database. Sealed for one
owner, they cannot be opened for another, and one purpose cannot open another's.
"""

import hashlib
import hmac
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from groundplan_backend.settings import Secret

_NONCE: Final = 12


class Broken(Exception):  # noqa: N818 - what it is, not that it is an error
    """The sealed bytes are not ours, were changed, or belong to somebody else."""


class Seal:
    """Seals and opens for one purpose."""

    def __init__(self, key: Secret, purpose: str) -> None:
        self._cipher = AESGCM(derived_key(key, purpose))

    def seal(self, data: bytes, owner: bytes) -> bytes:
        """Return the sealed bytes; they can only be opened for `owner`."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, data, owner)

    def open(self, sealed: bytes, owner: bytes) -> bytes:
        """Return what was sealed.

        Raises:
            Broken: it was not sealed here, for this purpose and this owner.
        """
        if len(sealed) <= _NONCE:
            raise Broken
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], owner)
        except InvalidTag:
            raise Broken from None


def derived_key(key: Secret, purpose: str) -> bytes:
    """Return a key that is good for one purpose only."""
    return hmac.digest(bytes.fromhex(key.reveal()), purpose.encode(), hashlib.sha256)
