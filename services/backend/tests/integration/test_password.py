"""Changing and resetting passwords, and ending devices, against real PostgreSQL and Redis."""

import contextlib
import re
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
import redis as redis_client

_CHANGE = "/api/v1/identity/password"
_RESET = "/api/v1/identity/password-reset"
_SESSIONS = "/api/v1/identity/sessions"
_LINK = re.compile(r"/password-reset#([A-Za-z0-9_-]{43})")
_NEW = "a winter evening in Trondheim"


@pytest.fixture(scope="module")
def mailing(stack: Any, replica: Any) -> Any:
    """A replica that writes mails into a folder and locks after five guesses."""
    return stack.replica(MAIL_FOLDER=str(stack.folder / "mails"), LOCK_AFTER="5")


@pytest.fixture
def administrator(mailing: Any) -> Any:
    """A client of the first administrator."""
    with mailing.client(mailing.signed_in("administrator@groundplan.example")) as client:
        yield client


@pytest.fixture
def person(administrator: httpx.Client, password: str, request: Any) -> dict[str, str]:
    """A new user, named after the test."""
    name = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower())[-60:].strip("-")
    new = {"email": f"{name}@groundplan.example", "password": password, "role": "operator"}
    made: dict[str, str] = administrator.post("/api/v1/identity/users", json=new).json()
    return made


def _is_live(stack: Any, session: str) -> bool:
    with contextlib.closing(redis_client.from_url(stack.environment["REDIS_URL"])) as redis:
        return bool(redis.exists(f"groundplan:session:{session}"))


def _links(administrator: httpx.Client, email: str) -> list[str]:
    mails = administrator.get("/api/v1/mails", params={"limit": "100"}).json()["items"]
    found = [_LINK.search(mail["text"]) for mail in mails if mail["to"] == email]
    return [link[1] for link in found if link]


def _ask(mailing: Any, email: str) -> httpx.Response:
    with mailing.client() as client:
        return client.post(_RESET, json={"email": email})


def _complete(mailing: Any, token: str, secret: str) -> httpx.Response:
    with mailing.client() as client:
        return client.post(f"{_RESET}/complete", json={"token": token, "password": secret})


def test_a_change_ends_the_other_sessions(
    stack: Any, mailing: Any, person: dict[str, str], password: str
) -> None:
    """Who changes his password stays signed in here, and nowhere else."""
    here, there = mailing.signed_in(person["email"]), mailing.signed_in(person["email"])
    with mailing.client(here) as client:
        body = {"current": password, "new": _NEW}
        assert 204 == client.post(_CHANGE, json=body).status_code
    assert _is_live(stack, here["x-groundplan-session"])
    assert not _is_live(stack, there["x-groundplan-session"])
    mailing.sign_in(person["email"], _NEW)
    with mailing.client() as client:
        body = {"email": person["email"], "password": password}
        assert 401 == client.post("/api/v1/identity/sign-in", json=body).status_code


def test_guesses_of_the_current_password_are_counted(
    mailing: Any, person: dict[str, str], password: str
) -> None:
    """A stolen session finds out the password no faster than a sign-in would."""
    headers = mailing.signed_in(person["email"])
    with mailing.client(headers) as client, ThreadPoolExecutor(12) as threads:
        body = {"current": "a wrong guess", "new": _NEW}
        answers = list(threads.map(lambda _: client.post(_CHANGE, json=body), range(24)))
        codes = [answer.json()["code"] for answer in answers]
        right = client.post(_CHANGE, json={"current": password, "new": _NEW})
    assert codes.count("invalid_proof") <= 5
    assert {"invalid_proof", "account_locked", "rate_limited"} >= set(codes)
    assert (429, "account_locked") == (right.status_code, right.json()["code"])


@pytest.mark.parametrize("secret", ["qwertyuiop123", "ADMINISTRATOR1!", "aaaaaaaaaaaa"])
def test_a_known_password_is_refused(
    mailing: Any, administrator: httpx.Client, person: dict[str, str], password: str, secret: str
) -> None:
    """At a change, and when an administrator sets one."""
    with mailing.client(mailing.signed_in(person["email"])) as client:
        answer = client.post(_CHANGE, json={"current": password, "new": secret})
    assert (422, "password_refused") == (answer.status_code, answer.json()["code"])
    user = f"/api/v1/identity/users/{person['id']}"
    assert 422 == administrator.patch(user, json={"password": secret}).status_code
    new = {"email": "weak@groundplan.example", "password": secret, "role": "viewer"}
    assert 422 == administrator.post("/api/v1/identity/users", json=new).status_code


def test_a_reset_ends_everything_and_works_once(
    stack: Any,
    mailing: Any,
    administrator: httpx.Client,
    person: dict[str, str],
    until: Any,
) -> None:
    """The link of the mail sets the password; sessions and tokens of before are gone."""
    headers = mailing.signed_in(person["email"])
    with mailing.client(headers) as client:
        new = {"name": "mine", "scopes": ["catalog:read"]}
        token = client.post("/api/v1/identity/tokens", json=new).json()["token"]["id"]
    assert 202 == _ask(mailing, person["email"]).status_code
    (link,) = until(lambda: _links(administrator, person["email"]))
    with ThreadPoolExecutor(6) as threads:
        tries = threads.map(lambda _: _complete(mailing, link, _NEW).status_code, range(6))
        assert [204] == [status for status in tries if status < 400]
    assert not _is_live(stack, headers["x-groundplan-session"])
    assert not _is_live(stack, f"token_{token}")
    mailing.sign_in(person["email"], _NEW)
    again = _complete(mailing, link, "another winter evening")
    assert (410, "mail_link_ended") == (again.status_code, again.json()["code"])


@pytest.mark.parametrize("end", ["expired", "disabled", "another was used"])
async def test_an_ended_link_resets_nothing(
    stack: Any,
    mailing: Any,
    administrator: httpx.Client,
    person: dict[str, str],
    until: Any,
    end: str,
) -> None:
    """Too old, of somebody who may not sign in, or overtaken by another: it is no good."""
    _ask(mailing, person["email"])
    (link,) = until(lambda: _links(administrator, person["email"]))
    if end == "expired":
        old = "UPDATE password_reset SET expires_at = now() WHERE user_id = $1"
        await stack.fetch(old, person["id"])
    elif end == "disabled":
        administrator.patch(f"/api/v1/identity/users/{person['id']}", json={"disabled": True})
    else:
        _ask(mailing, person["email"])
        until(lambda: len(_links(administrator, person["email"])) == 2)
        other = next(one for one in _links(administrator, person["email"]) if one != link)
        assert 204 == _complete(mailing, other, _NEW).status_code
    assert 410 == _complete(mailing, link, _NEW).status_code


def test_known_and_unknown_addresses_are_answered_the_same(
    mailing: Any, administrator: httpx.Client, person: dict[str, str], until: Any
) -> None:
    """Neither status, nor body, nor headers tell whether somebody exists; only he gets mail."""
    answers = [_ask(mailing, email) for email in (person["email"], "nobody@groundplan.example")]
    known, unknown = ((one.status_code, sorted(one.headers), one.content) for one in answers)
    assert known == unknown
    until(lambda: _links(administrator, person["email"]))
    assert [] == _links(administrator, "nobody@groundplan.example")


def test_an_unknown_address_takes_as_long_as_a_known_one(
    mailing: Any, person: dict[str, str]
) -> None:
    """What follows happens later, so the answers' quick quarters differ by no more than noise."""
    taken: dict[str, list[float]] = {person["email"]: [], "nobody@groundplan.example": []}
    with mailing.client() as client:
        for turn in range(40):
            # What follows one answer slows the next one down: each is as often first.
            for email in sorted(taken, reverse=turn % 2 == 0):
                began = time.perf_counter()
                client.post(_RESET, json={"email": email})
                taken[email].append(time.perf_counter() - began)
    known, unknown = (statistics.quantiles(times)[0] for times in taken.values())
    assert abs(known - unknown) < 0.005


async def test_who_asks_often_gets_three_mails(
    stack: Any, mailing: Any, administrator: httpx.Client, person: dict[str, str], until: Any
) -> None:
    """Nobody's mailbox is flooded."""
    for _ in range(6):
        assert 202 == _ask(mailing, person["email"]).status_code

    def sent() -> bool:
        return len(_links(administrator, person["email"])) == 3

    until(sent)
    open_ = "SELECT 1 FROM password_reset_request WHERE handled_at IS NULL AND email = $1"
    while await stack.fetch(open_, person["email"]):
        pass
    assert sent()


def test_sessions_are_devices_with_names(mailing: Any, person: dict[str, str]) -> None:
    """A session tells what it runs on, and all others end with one call."""
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    with mailing.client({"user-agent": agent}) as client:
        body = {"email": person["email"], "password": "correct horse battery staple"}
        assert 200 == client.post("/api/v1/identity/sign-in", json=body).status_code
    with mailing.client(mailing.signed_in(person["email"])) as client:
        devices = [one["device"] for one in client.get(_SESSIONS).json()["items"]]
        assert ["Firefox on Linux", "Python"] == sorted(devices)
        assert 204 == client.delete(_SESSIONS).status_code
        assert [True] == [one["current"] for one in client.get(_SESSIONS).json()["items"]]


def test_an_administrator_ends_the_sessions_of_others(
    stack: Any, mailing: Any, administrator: httpx.Client, person: dict[str, str]
) -> None:
    """One, or all; of somebody who does not exist there are none."""
    headers = [mailing.signed_in(person["email"])["x-groundplan-session"] for _ in range(3)]
    path = f"/api/v1/identity/users/{person['id']}/sessions"
    assert set(headers) == {one["id"] for one in administrator.get(path).json()["items"]}
    assert 204 == administrator.delete(f"{path}/{headers[0]}").status_code
    assert [False, True, True] == [_is_live(stack, one) for one in headers]
    assert 204 == administrator.delete(path).status_code
    assert not any(_is_live(stack, one) for one in headers)
    nobody = "/api/v1/identity/users/00000000-0000-4000-8000-000000000000/sessions"
    assert 404 == administrator.get(nobody).status_code
    assert 404 == administrator.delete(nobody).status_code
    assert 404 == administrator.delete(f"{nobody}/{headers[1]}").status_code
