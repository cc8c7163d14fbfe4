"""API tokens from creation to their end, against real PostgreSQL and Redis."""

import contextlib
import time
from typing import Any

import httpx
import jwt
import pytest
import redis as redis_client

_TOKENS = "/api/v1/identity/tokens"
_SERVICES = "/api/v1/identity/service-identities"


@pytest.fixture
def administrator(replica: Any) -> Any:
    """A client of the first administrator, who has just signed in."""
    with replica.client(replica.signed_in("administrator@groundplan.example")) as client:
        yield client


@pytest.fixture
def operator(replica: Any) -> Any:
    """A client of an operator who has just signed in."""
    with replica.client(replica.signed_in("operator@groundplan.example")) as client:
        yield client


def _new(name: str = "nightly", *scopes: str, days: int = 90) -> dict[str, Any]:
    return {"name": name, "scopes": list(scopes or ("catalog:read",)), "days": days}


def _claims(secret: str) -> dict[str, Any]:
    found: dict[str, Any] = jwt.decode(secret, options={"verify_signature": False})
    return found


def _redis(stack: Any) -> Any:
    return contextlib.closing(redis_client.from_url(stack.environment["REDIS_URL"]))


def _is_live(stack: Any, token: str) -> bool:
    with _redis(stack) as redis:
        return bool(redis.exists(f"groundplan:session:token_{token}"))


def test_a_token_is_an_access_token_with_scope_and_a_far_end(
    stack: Any, replica: Any, operator: httpx.Client
) -> None:
    """It is signed with a published key, says its scope, and is live in Redis when made."""
    made = operator.post(_TOKENS, json=_new("build", "delivery:write", "catalog:read", days=30))
    assert 201 == made.status_code, made.text
    token, secret = made.json()["token"], made.json()["secret"]
    with replica.client() as client:
        keys = jwt.PyJWKSet.from_dict(client.get("/api/v1/identity/jwks").json())
    header = jwt.get_unverified_header(secret)
    claims = jwt.decode(secret, keys[header["kid"]], ["ES256"], audience="groundplan")
    assert ("at+jwt", "ES256") == (header["typ"], header["alg"])
    assert "catalog:read delivery:write" == claims["scope"]
    assert ("token_" + token["id"], "operator") == (claims["sid"], claims["role"])
    assert 30 * 86400 == claims["exp"] - claims["iat"]
    assert _is_live(stack, token["id"])


async def test_the_secret_is_kept_nowhere(stack: Any, operator: httpx.Client) -> None:
    """Not in the table, not in the audit record, not in what is kept for a repeated create."""
    headers = {"idempotency-key": "secret-nowhere"}
    secret = operator.post(_TOKENS, json=_new("hidden"), headers=headers).json()["secret"]
    signature = secret.rpartition(".")[2]
    for table in ("api_token", "audit_event", "idempotency_key"):
        rows = await stack.fetch(f"SELECT t::text AS row FROM {table} AS t")
        assert rows
        assert not any(signature in row["row"] for row in rows)


def test_a_repeated_create_gets_the_same_bytes(operator: httpx.Client) -> None:
    """The same key and body give one token and one secret."""
    headers = {"idempotency-key": "one-token"}
    first = operator.post(_TOKENS, json=_new("once"), headers=headers)
    again = operator.post(_TOKENS, json=_new("once"), headers=headers)
    assert (201, first.content) == (again.status_code, again.content)
    names = [one["name"] for one in operator.get(_TOKENS).json()["items"]]
    assert 1 == names.count("once")


def test_a_revoked_token_is_gone_at_once(stack: Any, operator: httpx.Client) -> None:
    """When the revocation is answered no gateway lets the token in; a second one is a 404."""
    token = operator.post(_TOKENS, json=_new("short")).json()["token"]["id"]
    assert 204 == operator.delete(f"{_TOKENS}/{token}").status_code
    assert not _is_live(stack, token)
    assert 404 == operator.delete(f"{_TOKENS}/{token}").status_code
    listed = {one["id"]: one["state"] for one in operator.get(_TOKENS).json()["items"]}
    assert "revoked" == listed[token]


def test_tokens_belong_to_their_owner(operator: httpx.Client, administrator: httpx.Client) -> None:
    """Nobody lists or revokes another's through the way of his own; an administrator's is his."""
    token = operator.post(_TOKENS, json=_new("mine")).json()["token"]
    assert 404 == administrator.delete(f"{_TOKENS}/{token['id']}").status_code
    assert token["id"] not in {one["id"] for one in administrator.get(_TOKENS).json()["items"]}
    of_user = f"/api/v1/identity/users/{token['user']}/tokens"
    assert token["id"] in {one["id"] for one in administrator.get(of_user).json()["items"]}
    assert 204 == administrator.delete(f"{of_user}/{token['id']}").status_code


@pytest.mark.parametrize(
    "scope", ["audit:read", "catalog:write", "delivery:*", "", "identity:write"]
)
def test_a_scope_beyond_the_role_is_refused(operator: httpx.Client, scope: str) -> None:
    """Neither a scope that the role could never use nor one that does not exist is granted."""
    assert operator.post(_TOKENS, json=_new("more", scope)).status_code in (400, 403)


def test_a_lost_redis_gets_its_tokens_back(stack: Any, operator: httpx.Client, until: Any) -> None:
    """Live tokens are written again by themselves; revoked ones are not."""
    live = operator.post(_TOKENS, json=_new("healed")).json()["token"]["id"]
    dead = operator.post(_TOKENS, json=_new("ended")).json()["token"]["id"]
    operator.delete(f"{_TOKENS}/{dead}")
    with _redis(stack) as redis:
        redis.delete(f"groundplan:session:token_{live}")
    stack.replica()
    until(lambda: _is_live(stack, live))
    assert not _is_live(stack, dead)


@pytest.mark.parametrize("change", [{"role": "viewer"}, {"disabled": True}, None])
def test_a_change_of_access_ends_the_owners_tokens(
    stack: Any, replica: Any, administrator: httpx.Client, password: str, change: Any
) -> None:
    """What someone may do is never read from a token that was made before the change."""
    name = f"owner-{next(iter(change or {'deleted': 1}))}@groundplan.example"
    new = {"email": name, "password": password, "role": "operator"}
    user = administrator.post("/api/v1/identity/users", json=new).json()["id"]
    with replica.client(replica.signed_in(name)) as client:
        token = client.post(_TOKENS, json=_new("theirs")).json()["token"]["id"]
    assert _is_live(stack, token)
    path = f"/api/v1/identity/users/{user}"
    answer = administrator.patch(path, json=change) if change else administrator.delete(path)
    assert answer.is_success, answer.text
    assert not _is_live(stack, token)


def test_a_service_identity_calls_with_tokens_and_never_signs_in(
    stack: Any, replica: Any, administrator: httpx.Client, password: str
) -> None:
    """It has no password, is no person in lists, and its tokens end with it."""
    made = administrator.post(_SERVICES, json={"name": "ci", "role": "operator"})
    assert 201 == made.status_code, made.text
    service = made.json()["id"]
    tokens = f"{_SERVICES}/{service}/tokens"
    token = administrator.post(tokens, json=_new("deploys", "delivery:write")).json()
    assert ("ci", service) == (token["token"]["owner"], _claims(token["secret"])["sub"])
    assert 1 == administrator.get(f"{_SERVICES}/{service}").json()["tokens"]
    people = administrator.get("/api/v1/identity/users", params={"limit": "100"}).json()["items"]
    assert service not in {one["id"] for one in people}
    for path in (f"/api/v1/identity/users/{service}",):
        assert 404 == administrator.get(path).status_code
        assert 404 == administrator.patch(path, json={"password": password}).status_code
        assert 404 == administrator.delete(path).status_code
    with replica.client() as client:
        for guess in ("!", password):
            body = {"email": "ci@service.invalid", "password": guess}
            assert 401 == client.post("/api/v1/identity/sign-in", json=body).status_code
    assert 204 == administrator.delete(f"{_SERVICES}/{service}").status_code
    assert not _is_live(stack, token["token"]["id"])
    assert 404 == administrator.post(tokens, json=_new()).status_code


def test_a_scoped_caller_does_what_its_scope_says_and_nothing_else(
    replica: Any, operator: httpx.Client
) -> None:
    """The right scope opens, another does not, and none opens what is for people only."""
    user = operator.get("/api/v1/identity/me").json()["id"]
    asked = {}
    for scope in ("catalog:read", "delivery:read", ""):
        headers = {**replica.as_caller("operator", user, "token_1"), "x-groundplan-scope": scope}
        with replica.client(headers) as client:
            asked[scope] = [
                client.get("/api/v1/catalog/services").status_code,
                client.get("/api/v1/identity/me").status_code,
                client.post(_TOKENS, json=_new("child")).status_code,
                client.get("/api/v1/identity/users").status_code,
            ]
    assert [200, 403, 403, 403] == asked["catalog:read"]
    assert [403, 403, 403, 403] == asked["delivery:read"]
    assert [403, 403, 403, 403] == asked[""]


async def test_a_key_stays_published_while_a_token_needs_it(
    stack: Any, replica: Any, operator: httpx.Client, until: Any
) -> None:
    """Keys are rotated away only when no live token was signed with them."""
    made = operator.post(_TOKENS, json=_new("old")).json()
    kid = jwt.get_unverified_header(made["secret"])["kid"]
    await stack.fetch("UPDATE signing_key SET signs_from = signs_from - interval '40 days'")
    try:
        rotating = stack.replica(KEY_ROTATION="900", ACCESS_TOKEN_TTL="60")
        with rotating.client() as client:

            def kids() -> set[str]:
                return {key["kid"] for key in client.get("/api/v1/identity/jwks").json()["keys"]}

            until(lambda: len(kids()) > 1)
            assert kid in kids()
    finally:
        await stack.fetch(
            "UPDATE signing_key SET signs_from = signs_from + interval '40 days' WHERE kid = $1",
            kid,
        )


def test_the_dead_do_not_come_back_while_redis_is_being_filled(
    stack: Any, operator: httpx.Client
) -> None:
    """A revocation that races the republishing wins, whichever comes first."""
    tokens = [
        operator.post(_TOKENS, json=_new(f"race-{n}")).json()["token"]["id"] for n in range(8)
    ]
    started = [stack.replica(wait=False) for _ in range(2)]
    for token in tokens:
        operator.delete(f"{_TOKENS}/{token}")
    for one in started:
        one.wait_until_ready()
    time.sleep(0.5)
    assert not any(_is_live(stack, token) for token in tokens)
