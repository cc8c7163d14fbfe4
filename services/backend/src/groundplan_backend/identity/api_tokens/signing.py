"""Writes an API token: an access token that says its scope and lives for days.

The same row gives the same bytes, for the signature is deterministic (RFC 6979): so a create
that is sent twice gets the same answer, although the token itself is kept nowhere.
"""

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from groundplan_contracts.identity import TOKEN_ALGORITHM, TOKEN_SESSION, TOKEN_TYPE

_ALGORITHM: Final = ECDSA(hashes.SHA256(), deterministic_signing=True)
_NUMBER: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What an API token says."""

    id: str
    user: str
    role: str
    scopes: list[str]
    issued_at: datetime
    expires_at: datetime


def sign(grant: Grant, issuer: str, audience: str, kid: str, key: EllipticCurvePrivateKey) -> str:
    """Return the token."""
    issued = int(grant.issued_at.timestamp())
    payload = {
        "iss": issuer,
        "aud": audience,
        "sub": grant.user,
        "sid": TOKEN_SESSION + grant.id,
        "role": grant.role,
        "scope": " ".join(grant.scopes),
        "iat": issued,
        "nbf": issued,
        "exp": int(grant.expires_at.timestamp()),
        "jti": grant.id,
    }
    header = {"alg": TOKEN_ALGORITHM, "kid": kid, "typ": TOKEN_TYPE}
    signed = f"{_part(header)}.{_part(payload)}"
    r, s = decode_dss_signature(key.sign(signed.encode(), _ALGORITHM))
    return f"{signed}.{_base64url(r.to_bytes(_NUMBER, 'big') + s.to_bytes(_NUMBER, 'big'))}"


def _part(value: object) -> str:
    return _base64url(json.dumps(value, separators=(",", ":")).encode())


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
