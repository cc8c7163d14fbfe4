"""The caller's access token, after Envoy has verified its signature, issuer and audience.

Envoy hands on the payload that it verified; what Envoy does not check is checked here: that the
payload belongs to the token that was sent, that it is an access token, and that it says enough.
"""

from base64 import urlsafe_b64decode
from functools import lru_cache
from typing import Annotated, Final

import msgspec

from groundplan_contracts import identity

REMEMBERED: Final = 2048
LONGEST: Final = 910
"""Seconds that a person's token may live: the most that a platform can say, and a leeway.

Envoy lets API tokens live for a year; it does not tell them from people's.
"""
# Identifiers become Redis keys and headers.
_Id = Annotated[str, msgspec.Meta(pattern=r"\A[0-9A-Za-z_-]{1,64}\Z")]
# So does what an API token is good for; one that is good for nothing says so with "".
_Scope = Annotated[str, msgspec.Meta(pattern=r"\A(?:[a-z]+:[a-z]+(?: (?!\Z))?){0,16}\Z")]


class _Header(msgspec.Struct):
    alg: str
    typ: str


class _Payload(msgspec.Struct):
    sub: _Id
    sid: _Id
    role: str
    iat: int
    nbf: int
    exp: int
    scope: _Scope | msgspec.UnsetType = msgspec.UNSET


class Claims(msgspec.Struct, frozen=True):
    """Who the caller is; `scope` is what an API token is good for, None a person's session."""

    subject: str
    session: str
    role: identity.Role
    scope: str | None = None


_headers = msgspec.json.Decoder(_Header)
_payloads = msgspec.json.Decoder(_Payload)


def read(authorization: str | None, verified: str | None) -> Claims | None:
    """Return the claims of a bearer token, or nothing when it is no good.

    Args:
        authorization: the header as the caller sent it.
        verified: the payload that Envoy verified, base64url as it stands in the token.
    """
    if not authorization or not verified:
        return None
    scheme, _, token = authorization.partition(" ")
    header, _, rest = token.partition(".")
    if scheme.casefold() != "bearer" or rest.partition(".")[0] != verified:
        return None
    return _claims(verified) if _is_access_token(header) else None


@lru_cache(REMEMBERED)
def _is_access_token(encoded: str) -> bool:
    try:
        header = _headers.decode(_decode(encoded))
    except ValueError:
        return False
    return header.typ == identity.TOKEN_TYPE and header.alg == identity.TOKEN_ALGORITHM


@lru_cache(REMEMBERED)
def _claims(encoded: str) -> Claims | None:
    try:
        payload = _payloads.decode(_decode(encoded))
        role = identity.Role.parse(payload.role)
    except ValueError:
        return None
    scope = None if isinstance(payload.scope, msgspec.UnsetType) else payload.scope
    if (scope is None) == payload.sid.startswith(identity.TOKEN_SESSION):
        return None
    if scope is None and payload.exp - payload.iat > LONGEST:
        return None
    return Claims(subject=payload.sub, session=payload.sid, role=role, scope=scope)


def _decode(encoded: str) -> bytes:
    return urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
