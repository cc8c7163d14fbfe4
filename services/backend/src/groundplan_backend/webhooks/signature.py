"""How a receiver knows that a notice is ours: HMAC-SHA256 over its time and its body.

The time is signed with the body, so that a receiver can refuse what somebody kept and sends
again later.
"""

import hashlib
import hmac
import os
import secrets
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from groundplan_backend.settings import Secret as Key

SIGNATURE: Final = "x-groundplan-signature"
TIMESTAMP: Final = "x-groundplan-timestamp"
_NONCE: Final = 12


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """Return the value of the signature's header."""
    message = b"%d." % timestamp + body
    return "v1=" + hmac.digest(secret.encode(), message, "sha256").hex()


class Secrets:
    """Makes the secrets of webhooks, and seals them with a key of their own."""

    def __init__(self, key: Key) -> None:
        self._seal = AESGCM(hashlib.sha256(b"webhook:" + key.reveal().encode()).digest())

    def make(self, webhook: str) -> tuple[str, bytes]:
        """Return a new secret, and how it is kept."""
        secret, nonce = f"gpw_{secrets.token_urlsafe(32)}", os.urandom(_NONCE)
        return secret, nonce + self._seal.encrypt(nonce, secret.encode(), webhook.encode())

    def open(self, webhook: str, sealed: bytes) -> str:
        """Return a secret that was kept for this webhook."""
        nonce, rest = sealed[:_NONCE], sealed[_NONCE:]
        return self._seal.decrypt(nonce, rest, webhook.encode()).decode()
