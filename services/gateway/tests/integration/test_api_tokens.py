"""API tokens at the real Envoy and authorisation service: what they open, and when they end."""

import signal
import time

import pytest

TARGET = "/api/v1/catalog/services"
TOKEN = "token_5f0c8a52-6d8e-4b6e-9a55-0f7f3d0f8c09"
SESSION = "0123456789abcdef0123456789abcdef"
SCOPE = "catalog:read delivery:write"
DAY = 86_400


@pytest.fixture
def live(stack):
    """The id of a token that the backend has published."""
    stack.sign_in(TOKEN)
    yield TOKEN
    stack.redis.delete(f"groundplan:session:{TOKEN}")


def api_token(stack, **changes):
    now = int(time.time())
    life = {"iat": now, "nbf": now, "exp": now + 90 * DAY}
    return stack.issuer.token(**{"sid": TOKEN, "scope": SCOPE, **life, **changes})


def test_a_token_of_months_goes_on_with_its_scope(stack, live):
    """The service behind sees who calls, and what for."""
    before = len(stack.seen)
    assert 200 == stack.get(TARGET, token=api_token(stack)).status
    seen = stack.seen[before].headers
    assert (SCOPE, live) == (seen["x-groundplan-scope"], seen["x-groundplan-session"])


def test_a_person_has_no_scope(stack):
    """A session's token brings no such header, whatever the client sends."""
    before = len(stack.seen)
    forged = {"X-Groundplan-Scope": "audit:read"}
    assert 200 == stack.get(TARGET, token=stack.issuer.token(), headers=forged).status
    assert "x-groundplan-scope" not in stack.seen[before].headers


def test_a_client_cannot_widen_its_scope(stack, live):
    """Of two headers only the gateway's own arrives, however it is spelt."""
    for name in ("x-groundplan-scope", "X-GROUNDPLAN-SCOPE", "x-groundplan_scope"):
        before = len(stack.seen)
        headers = {name: "audit:read artifacts:write"}
        answer = stack.get(TARGET, token=api_token(stack), headers=headers)
        if answer.status == 200:
            assert SCOPE == stack.seen[before].headers["x-groundplan-scope"]
            assert "audit:read" not in str(stack.seen[before].headers)


def test_no_token_that_lies_about_its_life_or_scope_gets_in(stack, stranger, live):
    """Expired, early, foreign, eternal, unscoped and mangled ones are all refused."""
    now = int(time.time())
    day = {"iat": now, "nbf": now, "exp": now + DAY}
    good = api_token(stack)
    head, body, signature = good.split(".")
    other = api_token(stack, scope="audit:read").split(".")[1]
    refused = {
        "expired": api_token(stack, exp=now - 60),
        "not yet": api_token(stack, nbf=now + 600),
        "lives for two years": api_token(stack, exp=now + 730 * DAY),
        "no end": api_token(stack, exp=None),
        "a person's for a day": api_token(stack, scope=None, **day),
        "scope as a list": api_token(stack, scope=["catalog:read"]),
        "scope breaks lines": api_token(stack, scope="a:b\r\nx-groundplan-role: administrator"),
        "scope is a wildcard": api_token(stack, scope="*"),
        "unknown token": api_token(stack, sid="token_" + "f" * 32),
        "without its scope": api_token(stack, scope=None, exp=now + 300),
        "a person with a scope": api_token(stack, sid=SESSION, exp=now + 300),
        "another issuer": api_token(stack, iss="https://evil.example"),
        "another audience": api_token(stack, aud="other"),
        "no role": api_token(stack, role=None),
        "of a stranger": stranger.token(sid=TOKEN, scope=SCOPE),
        "scope swapped": f"{head}.{other}.{signature}",
        "signature empty": f"{head}.{body}.",
        "typ of a session": api_token(stack, header={"typ": "JWT"}),
    }
    before = len(stack.seen)
    answers = {name: stack.get(TARGET, token=token).status for name, token in refused.items()}
    assert {name: s for name, s in answers.items() if s not in (400, 401)} == {}
    assert [] == stack.seen[before:]
    assert 200 == stack.get(TARGET, token=good).status


def test_a_role_still_counts(stack, live):
    """A scope opens no more than the role of its owner."""
    viewer = api_token(stack, role="viewer", scope="delivery:write")
    assert 403 == stack.send("POST", "/api/v1/delivery/x", token=viewer, body=b"").status


def test_a_revoked_token_is_refused_by_every_service_at_once(stack, live, until):
    """Two authorisation services and a busy caller: within 5 s, in truth at once."""
    token = api_token(stack)
    for _ in range(40):
        assert 200 == stack.get(TARGET, token=token).status
    stack.redis.delete(f"groundplan:session:{live}")
    began = time.monotonic()
    until(lambda: {stack.get(TARGET, token=token).status for _ in range(10)} == {401}, 5)
    assert time.monotonic() - began < 5
    for number in range(2):
        assert 401 == stack.check(number, TARGET, token=token).status


def test_without_redis_no_token_gets_in(stack, live, until):
    """Nobody can tell a live token from a revoked one, so none is believed; people may read."""
    token, person = api_token(stack), stack.issuer.token()
    stack.signal("redis", signal.SIGSTOP)
    try:
        until(lambda: stack.get(TARGET, token=person).status == 200)
        assert {503} == {stack.get(TARGET, token=token).status for _ in range(10)}
    finally:
        stack.signal("redis", signal.SIGCONT)
    until(lambda: stack.get(TARGET, token=token).status == 200)
