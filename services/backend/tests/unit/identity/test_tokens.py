import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from groundplan_backend.identity.tokens import AccessTokens, Claims, RefreshTokens
from groundplan_backend.settings import Secret


def test_an_access_token_says_who_and_for_how_long() -> None:
    """It verifies with the public half, and has all claims of the contract."""
    key = ec.generate_private_key(ec.SECP256R1())
    tokens = AccessTokens("https://issuer", "audience", 300)
    token = tokens.issue(Claims("ada", "session", "viewer"), "kid-1", key)
    assert {"alg": "ES256", "kid": "kid-1", "typ": "at+jwt"} == jwt.get_unverified_header(token)
    claims = jwt.decode(
        token, key.public_key(), ["ES256"], audience="audience", issuer="https://issuer"
    )
    assert 300 == claims["exp"] - claims["iat"]
    assert claims["iat"] == claims["nbf"]
    expected = {"iss", "aud", "sub", "sid", "role", "iat", "nbf", "exp", "jti"}
    assert expected == set(claims)


def test_another_key_does_not_verify() -> None:
    """Negative control of the test above."""
    key, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    token = AccessTokens("i", "a", 300).issue(Claims("ada", "s", "viewer"), "k", key)
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(token, other.public_key(), ["ES256"], audience="a")


def test_refresh_tokens_have_256_bits_and_one_successor() -> None:
    """Families differ from each other; a token's successor is always the same."""
    tokens, others = RefreshTokens(Secret("key")), RefreshTokens(Secret("other key"))
    first = tokens.first()
    assert 43 == len(first) == len(tokens.successor(first))
    assert first != tokens.first()
    assert tokens.successor(first) == tokens.successor(first)
    assert tokens.successor(first) != others.successor(first)
    assert 32 == len(tokens.digest(first))
