from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from groundplan_backend.identity.api_tokens import signing

_NOW = datetime.now(UTC).replace(microsecond=0)
_KEY = ec.generate_private_key(ec.SECP256R1())
_GRANT = signing.Grant(
    id="a-token",
    user="ci",
    role="operator",
    scopes=["catalog:read", "delivery:write"],
    issued_at=_NOW,
    expires_at=_NOW + timedelta(days=90),
)


def _signed(key: ec.EllipticCurvePrivateKey = _KEY) -> str:
    return signing.sign(_GRANT, "https://issuer", "groundplan", "k1", key)


def test_the_token_verifies_and_says_all_that_counts() -> None:
    """Whoever knows the public key reads who, what for and until when."""
    token = _signed()
    claims = jwt.decode(
        token, _KEY.public_key(), ["ES256"], audience="groundplan", issuer="https://issuer"
    )
    assert {"alg": "ES256", "kid": "k1", "typ": "at+jwt"} == jwt.get_unverified_header(token)
    assert ("ci", "token_a-token", "operator") == (claims["sub"], claims["sid"], claims["role"])
    assert "catalog:read delivery:write" == claims["scope"]
    assert 90 * 86_400 == claims["exp"] - claims["iat"]


def test_the_same_grant_gives_the_same_bytes() -> None:
    """So a create that is sent twice gets one answer."""
    assert _signed() == _signed()


def test_another_key_gives_another_signature() -> None:
    """The check above is no accident: a stranger's token differs and does not verify."""
    other = _signed(ec.generate_private_key(ec.SECP256R1()))
    assert other != _signed()
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(other, _KEY.public_key(), ["ES256"], audience="groundplan")
