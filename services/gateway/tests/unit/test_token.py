import pytest

from groundplan_contracts.identity import Role
from groundplan_gateway import token as tokens


def test_claims_are_read(token):
    """A good token names subject, session and role."""
    claims = tokens.read(*token(role="operator"))
    assert claims == tokens.Claims(subject="somebody", session="a-session", role=Role.OPERATOR)


@pytest.mark.parametrize(
    "changes",
    [
        {"sub": None},
        {"sub": ""},
        {"sub": "a:b"},
        {"sub": "a\r\nb"},
        {"sub": "a\n"},
        {"sub": "x" * 65},
        {"sub": 7},
        {"sid": None},
        {"sid": "*"},
        {"role": None},
        {"role": "root"},
        {"role": ["viewer"]},
        {"exp": None},
        {"exp": "soon"},
        {"iat": None},
        {"nbf": None},
        {"sid": "token_1", "scope": 1},
        {"sid": "token_1", "scope": ["catalog:read"]},
        {"sid": "token_1", "scope": "catalog:read\n"},
        {"sid": "token_1", "scope": "catalog:read\r\nx-groundplan-role: administrator"},
        {"sid": "token_1", "scope": "catalog:read "},
        {"sid": "token_1", "scope": "*"},
        {"scope": "catalog:read"},
        {"sid": "token_1"},
    ],
)
def test_claims_that_say_too_little_are_refused(token, changes):
    """A token without a usable subject, session, role and times is no good."""
    assert tokens.read(*token(**changes)) is None


@pytest.mark.parametrize(
    "header", [{"typ": "JWT"}, {"typ": "rt+jwt"}, {"typ": None}, {"alg": "HS256"}, {"alg": 1}]
)
def test_only_access_tokens_count(token, header):
    """A token of another type or algorithm is no access token, whoever signed it."""
    assert tokens.read(*token(header)) is None


def test_the_payload_must_be_the_tokens_own(token):
    """What Envoy verified and what the caller sent must be one token."""
    authorization, _ = token()
    _, other = token(role="administrator")
    assert tokens.read(authorization, other) is None


@pytest.mark.parametrize(
    "authorization", [None, "", "Bearer", "Bearer ", "Basic abc", "Bearer a.b", "Bearer a.b.c"]
)
def test_other_authorizations_are_nobody(token, authorization):
    """Without a bearer token nobody is known."""
    _, payload = token()
    assert tokens.read(authorization, payload) is None


def test_a_token_that_envoy_did_not_verify_is_nobody(token):
    """Without Envoy's word a token says nothing."""
    authorization, _ = token()
    assert tokens.read(authorization, None) is None
    assert tokens.read(authorization, "") is None


@pytest.mark.parametrize("scope", ["", "catalog:read", "catalog:read delivery:write"])
def test_a_scope_is_read_as_it_stands(token, scope):
    """An API token's scope goes on, an empty one too: it is not a person's session."""
    claims = tokens.read(*token(sid="token_1", scope=scope))
    assert claims is not None
    assert scope == claims.scope


def test_only_an_api_token_may_live_long(token):
    """Envoy lets tokens live for a year; a person's may not."""
    year = {"iat": 1, "exp": 31_536_001}
    assert tokens.read(*token(**year)) is None
    assert tokens.read(*token(**year, sid="token_1", scope="catalog:read")) is not None
    assert tokens.read(*token(iat=1, exp=911)) is not None
    assert tokens.read(*token(iat=1, exp=912)) is None
