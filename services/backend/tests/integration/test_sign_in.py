"""Signing in, refreshing and signing out against real PostgreSQL and Redis."""

import asyncio
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

_SIGN_IN = "/api/v1/identity/sign-in"
_REFRESH = "/api/v1/identity/refresh"


def test_sign_in_sets_a_cookie_that_scripts_cannot_read(replica: Any, password: str) -> None:
    """By default the refresh token travels in an HttpOnly cookie and not in the body."""
    with replica.client() as client:
        body = {"email": "Viewer@groundplan.example", "password": password}
        answer = client.post(_SIGN_IN, json=body)
    assert 200 == answer.status_code
    assert "refresh_token" not in answer.json()
    cookie = answer.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Strict", "Path=/api/v1/identity"))


def test_the_cookie_refreshes_and_sign_out_removes_it(replica: Any, password: str) -> None:
    """A browser refreshes with the cookie alone; after signing out nothing is left."""
    with replica.client() as client:
        body = {"email": "viewer@groundplan.example", "password": password}
        client.post(_SIGN_IN, json=body)
        assert 200 == client.post(_REFRESH).status_code
        headers = replica.signed_in("viewer@groundplan.example")
        answer = client.post("/api/v1/identity/sign-out", headers=headers)
        assert 204 == answer.status_code
        assert "Max-Age=0" in answer.headers["set-cookie"]


def test_wrong_password_and_unknown_address_look_the_same(replica: Any) -> None:
    """Neither status, nor body, nor headers tell whether somebody exists."""
    answers = []
    for email in ("operator@groundplan.example", "nobody@groundplan.example"):
        with replica.client() as client:
            answers.append(client.post(_SIGN_IN, json={"email": email, "password": "wrong"}))
    shapes = [
        (
            answer.status_code,
            sorted(answer.headers.keys()),
            {k: v for k, v in answer.json().items() if k != "request_id"},
        )
        for answer in answers
    ]
    assert shapes[0] == shapes[1]
    assert "invalid_credentials" == answers[0].json()["code"]


def test_an_unknown_address_takes_as_long_as_a_known_one(stack: Any, replica: Any) -> None:
    """The medians of refused sign-ins differ by less than the noise of one hash."""
    patient = stack.replica(LOCK_AFTER="1000")
    times: dict[str, list[float]] = {"viewer@groundplan.example": [], "no@groundplan.example": []}
    with patient.client() as client:
        for _ in range(15):
            for email, taken in times.items():
                started = time.perf_counter()
                client.post(_SIGN_IN, json={"email": email, "password": "wrong"})
                taken.append(time.perf_counter() - started)
    known, unknown = (statistics.median(taken) for taken in times.values())
    assert abs(known - unknown) < 0.5 * max(known, unknown)


async def test_a_hundred_parallel_guesses_run_ten_verifications(
    stack: Any, replica: Any, password: str
) -> None:
    """The counter is taken before the hash is compared, so a race gains nothing."""
    email = "target@groundplan.example"
    administrator = replica.signed_in("administrator@groundplan.example")
    async with httpx.AsyncClient(base_url=replica.url, timeout=30) as client:
        new = {"email": email, "password": password, "role": "viewer"}
        await client.post("/api/v1/identity/users", json=new, headers=administrator)
        body = {"email": email, "password": "a wrong guess"}
        answers = []
        for _ in range(5):
            answers += await asyncio.gather(*(client.post(_SIGN_IN, json=body) for _ in range(20)))
        codes = [answer.json()["code"] for answer in answers]
        assert 10 == codes.count("invalid_credentials")
        assert {"invalid_credentials", "account_locked", "rate_limited"} >= set(codes)
        right = await client.post(_SIGN_IN, json={"email": email, "password": password})
    assert (429, "account_locked") == (right.status_code, right.json()["code"])
    assert 1700 < int(right.headers["retry-after"]) <= 1800
    events = await stack.fetch(
        "SELECT action FROM audit_event WHERE target = $1 AND action = 'sign_in.refused'", email
    )
    assert 10 == len(events)


def test_an_unknown_address_is_locked_like_a_known_one(stack: Any, until: Any) -> None:
    """A lock does not tell whether somebody exists, and it ends by itself."""
    strict = stack.replica(LOCK_AFTER="2", LOCK_FOR="1")
    body = {"email": "ghost@groundplan.example", "password": "wrong"}
    with strict.client() as client:
        codes = [client.post(_SIGN_IN, json=body).json()["code"] for _ in range(3)]
        assert ["invalid_credentials", "invalid_credentials", "account_locked"] == codes
        until(lambda: client.post(_SIGN_IN, json=body).json()["code"] == "invalid_credentials")


def test_a_success_forgets_the_failures_before_it(stack: Any, replica: Any) -> None:
    """Failures count only in a row."""
    strict = stack.replica(LOCK_AFTER="3")
    body = {"email": "operator@groundplan.example", "password": "wrong"}
    with strict.client() as client:
        for _ in range(3):
            strict.sign_in(body["email"])
            codes = [client.post(_SIGN_IN, json=body).json()["code"] for _ in range(2)]
            assert ["invalid_credentials"] * 2 == codes


def test_too_many_sign_ins_at_once_are_turned_away(replica: Any, password: str) -> None:
    """The queue for hashing is short; beyond it the answer is 429 at once."""
    body = {"email": "viewer@groundplan.example", "password": password}

    with replica.client() as client, ThreadPoolExecutor(60) as threads:
        answers = threads.map(lambda _: client.post(_SIGN_IN, json=body), range(60))
        statuses = {answer.status_code for answer in answers}
    assert {200, 429} == statuses


@pytest.mark.parametrize("password", ["", "x" * 257, 7, None])
def test_a_malformed_password_is_an_invalid_request(replica: Any, password: object) -> None:
    """A password of the wrong type or length never reaches the hash."""
    with replica.client() as client:
        body = {"email": "viewer@groundplan.example", "password": password}
        answer = client.post(_SIGN_IN, json=body)
    assert (400, "password") == (answer.status_code, answer.json()["errors"][0]["path"])


def test_me_tells_who_calls(replica: Any) -> None:
    """The caller reads his own address and role."""
    headers = replica.signed_in("operator@groundplan.example")
    with replica.client(headers) as client:
        me = client.get("/api/v1/identity/me").json()
    assert ("operator@groundplan.example", "operator") == (me["email"], me["role"])
    assert headers["x-groundplan-session"] == me["session"]


@pytest.mark.parametrize("key", ["", "wrong", "a1" * 31])
def test_identity_headers_without_the_gateways_key_are_worth_nothing(
    replica: Any, key: str
) -> None:
    """Who reaches the backend past the gateway is nobody."""
    headers = {**replica.as_caller("administrator", "someone"), "x-groundplan-gateway": key}
    with replica.client(headers) as client:
        answer = client.get("/api/v1/identity/users")
    assert (401, "unauthenticated") == (answer.status_code, answer.json()["code"])
