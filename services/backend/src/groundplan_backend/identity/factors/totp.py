"""Time-based one-time passwords (RFC 6238): SHA-1, six digits, steps of 30 seconds.

These are the figures that every code generator knows. A code is taken in its own step and in
the one before and after, for clocks that differ and people who type slowly.
"""

import base64
import hashlib
import hmac
import secrets
import time
from typing import Final
from urllib.parse import quote

STEP: Final = 30
DRIFT: Final = 1
_DIGITS: Final = 6
_SECRET: Final = 20
"""Bytes, as RFC 4226 advises: as long as the digest."""


def new_secret() -> bytes:
    """Return a secret for a code generator."""
    return secrets.token_bytes(_SECRET)


def code(secret: bytes, step: int) -> str:
    """Return the code of a time step."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), hashlib.sha1)
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**_DIGITS).zfill(_DIGITS)


def step_of(secret: bytes, given: str, now: float | None = None) -> int | None:
    """Return the time step that a code belongs to; None when it is none of now."""
    current = int(time.time() if now is None else now) // STEP
    found = None
    # All are compared, so that the time taken does not tell which one it was.
    for step in range(current - DRIFT, current + DRIFT + 1):
        if hmac.compare_digest(code(secret, step).encode(), given.encode()):
            found = step
    return found


def in_base32(secret: bytes) -> str:
    """Return a secret as people type it."""
    return base64.b32encode(secret).decode().rstrip("=")


def uri(secret: bytes, account: str, issuer: str) -> str:
    """Return what the QR code says: whose code generator it is, and its secret."""
    label = f"{quote(issuer)}:{quote(account)}"
    figures = f"algorithm=SHA1&digits={_DIGITS}&period={STEP}"
    return f"otpauth://totp/{label}?secret={in_base32(secret)}&issuer={quote(issuer)}&{figures}"
