"""Tokens of links in mails: 256 random bits, kept as a hash, good once."""

import hashlib
import secrets
from typing import Final

_BYTES: Final = 32


def new() -> str:
    """Return a token: 43 characters that need no encoding in a link."""
    return secrets.token_urlsafe(_BYTES)


def digest(token: str) -> bytes:
    """Return the hash that is stored in the token's place."""
    return hashlib.sha256(token.encode()).digest()
