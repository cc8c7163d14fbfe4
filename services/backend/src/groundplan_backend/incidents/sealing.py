"""Keeps addresses of channels: an address that takes messages from anybody is a secret."""

import hashlib
import os
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from groundplan_backend.settings import Secret

_NONCE: Final = 12


class Addresses:
    """Seals and opens addresses, each for one channel."""

    def __init__(self, key: Secret) -> None:
        self._seal = AESGCM(hashlib.sha256(b"notification:" + key.reveal().encode()).digest())

    def sealed(self, channel: UUID, address: str) -> bytes:
        """Return how an address is kept."""
        nonce = os.urandom(_NONCE)
        return nonce + self._seal.encrypt(nonce, address.encode(), channel.bytes)

    def opened(self, channel: UUID, sealed: bytes) -> str:
        """Return an address that was kept for this channel."""
        return self._seal.decrypt(sealed[:_NONCE], sealed[_NONCE:], channel.bytes).decode()
