"""Tokens: access tokens (ES256 JWT, minutes) and refresh tokens (opaque, 256 bits).

A refresh token's successor is derived from it with a key of ours. So the database keeps
only hashes, and a client that asks twice in parallel, or lost the first answer, gets the
same successor instead of a second branch of the family.
"""

import base64
import hashlib
import hmac
import secrets
import time
import uuid
from dataclasses import dataclass
from typing import Final

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from groundplan_backend.settings import Secret
from groundplan_contracts.identity import TOKEN_ALGORITHM, TOKEN_TYPE

_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Claims:
    """What an access token says of its bearer."""

    user: str
    session: str
    role: str


class AccessTokens:
    """Issues access tokens for one issuer and audience; `ttl` is in seconds."""

    def __init__(self, issuer: str, audience: str, ttl: int) -> None:
        self._issuer = issuer
        self._audience = audience
        self.ttl = ttl

    def issue(self, claims: Claims, kid: str, key: EllipticCurvePrivateKey) -> str:
        """Return a signed token that is valid from now on."""
        now = int(time.time())
        payload = {
            "iss": self._issuer,
            "aud": self._audience,
            "sub": claims.user,
            "sid": claims.session,
            "role": claims.role,
            "iat": now,
            "nbf": now,
            "exp": now + self.ttl,
            "jti": uuid.uuid4().hex,
        }
        headers = {"kid": kid, "typ": TOKEN_TYPE}
        return jwt.encode(payload, key, algorithm=TOKEN_ALGORITHM, headers=headers)


class RefreshTokens:
    """Makes refresh tokens and what is stored of them."""

    def __init__(self, key: Secret) -> None:
        self._key = hashlib.sha256(b"refresh:" + key.reveal().encode()).digest()

    def first(self) -> str:
        """Return the token that starts a family."""
        return secrets.token_urlsafe(_BYTES)

    def successor(self, token: str) -> str:
        """Return the token that follows; the same one however often it is asked for."""
        derived = hmac.digest(self._key, token.encode(), "sha256")
        return base64.urlsafe_b64encode(derived).decode().rstrip("=")

    @staticmethod
    def digest(token: str) -> bytes:
        """Return the hash that is stored in the token's place."""
        return hashlib.sha256(token.encode()).digest()
