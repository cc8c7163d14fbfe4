"""What an administrator does with users, and what it does to their sessions."""

import contextlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
import redis as redis_client

_USERS = "/api/v1/identity/users"


@pytest.fixture
def administrator(replica: Any) -> Any:
    """A client of the first administrator."""
    with replica.client(replica.signed_in("administrator@groundplan.example")) as client:
        yield client


def _new(name: str, password: str, role: str = "viewer") -> dict[str, str]:
    return {"email": f"{name}@groundplan.example", "password": password, "role": role}


def _is_live(stack: Any, session: str) -> bool:
    with contextlib.closing(redis_client.from_url(stack.environment["REDIS_URL"])) as redis:
        return bool(redis.exists(f"groundplan:session:{session}"))


async def test_creating_a_user_leaves_an_audit_row(
    stack: Any, administrator: httpx.Client, password: str
) -> None:
    """Row and record are written together, and the password is in neither."""
    answer = administrator.post(_USERS, json=_new("ada", password))
    user = answer.json()
    assert (201, "ada@groundplan.example") == (answer.status_code, user["email"])
    (event,) = await stack.fetch(
        "SELECT action, detail::text FROM audit_event WHERE target = $1", user["id"]
    )
    assert "user.create" == event["action"]
    assert password not in event["detail"]
    assert password not in answer.text


def test_an_address_belongs_to_one_user(administrator: httpx.Client, password: str) -> None:
    """A second user with the same address, in any spelling, is a conflict."""
    administrator.post(_USERS, json=_new("grace", password))
    answer = administrator.post(
        _USERS, json={**_new("x", password), "email": "GRACE@groundplan.example"}
    )
    assert (409, "conflict") == (answer.status_code, answer.json()["code"])


@pytest.mark.parametrize("change", [{"role": "operator"}, {"disabled": True}])
def test_a_change_of_access_ends_the_users_sessions(
    stack: Any, replica: Any, administrator: httpx.Client, password: str, change: dict[str, Any]
) -> None:
    """What someone may do is never read from a session that began before the change."""
    name = f"changed-{next(iter(change))}"
    user = administrator.post(_USERS, json=_new(name, password)).json()
    signed_in = replica.sign_in(user["email"])
    headers = replica.signed_in(user["email"])
    assert _is_live(stack, headers["x-groundplan-session"])
    assert 200 == administrator.patch(f"{_USERS}/{user['id']}", json=change).status_code
    assert not _is_live(stack, headers["x-groundplan-session"])
    with replica.client() as client:
        body = {"refresh_token": signed_in["refresh_token"]}
        assert 401 == client.post("/api/v1/identity/refresh", json=body).status_code


def test_a_disabled_user_cannot_sign_in(
    replica: Any, administrator: httpx.Client, password: str
) -> None:
    """The answer is the same as for a wrong password."""
    user = administrator.post(_USERS, json=_new("disabled", password)).json()
    administrator.patch(f"{_USERS}/{user['id']}", json={"disabled": True})
    with replica.client() as client:
        body = {"email": user["email"], "password": password}
        answer = client.post("/api/v1/identity/sign-in", json=body)
    assert "invalid_credentials" == answer.json()["code"]


def test_a_deleted_user_is_gone(
    stack: Any, replica: Any, administrator: httpx.Client, password: str
) -> None:
    """Deleting ends the sessions; reading the user again is a 404."""
    user = administrator.post(_USERS, json=_new("deleted", password)).json()
    headers = replica.signed_in(user["email"])
    assert 204 == administrator.delete(f"{_USERS}/{user['id']}").status_code
    assert 404 == administrator.get(f"{_USERS}/{user['id']}").status_code
    assert 404 == administrator.delete(f"{_USERS}/{user['id']}").status_code
    assert not _is_live(stack, headers["x-groundplan-session"])


def test_an_administrator_cannot_lock_himself_out(
    replica: Any, administrator: httpx.Client
) -> None:
    """Taking away one's own access needs a second administrator."""
    own = f"{_USERS}/{administrator.get('/api/v1/identity/me').json()['id']}"
    assert 409 == administrator.delete(own).status_code
    assert 409 == administrator.patch(own, json={"disabled": True}).status_code
    assert 409 == administrator.patch(own, json={"role": "viewer"}).status_code


def test_pages_follow_one_another_without_gap_or_double(
    administrator: httpx.Client, password: str
) -> None:
    """Following `next` gives every user once, in order."""
    for number in range(3):
        administrator.post(_USERS, json=_new(f"page-{number}", password))
    seen: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = administrator.get(_USERS, params={"limit": "2", **after}).json()
        seen += [user["email"] for user in page["items"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    everyone = administrator.get(_USERS, params={"limit": "100"}).json()["items"]
    assert [user["email"] for user in everyone] == seen
    assert sorted(set(seen)) == seen


@pytest.mark.parametrize("after", ["x", "AAAA", "====", "a" * 600])
def test_a_forged_cursor_is_refused(administrator: httpx.Client, after: str) -> None:
    """Cursors are signed: nobody makes his own."""
    answer = administrator.get(_USERS, params={"after": after})
    assert (400, "after") == (answer.status_code, answer.json()["errors"][0]["path"])


def test_a_change_of_another_version_is_refused(
    administrator: httpx.Client, password: str
) -> None:
    """Of two administrators who saw the same user the second one looks again first."""
    path = f"{_USERS}/{administrator.post(_USERS, json=_new('seen', password)).json()['id']}"
    seen = {"if-match": administrator.get(path).headers["etag"]}
    first = administrator.patch(path, json={"role": "operator"}, headers=seen)
    assert (200, True) == (first.status_code, first.headers["etag"] != seen["if-match"])
    second = administrator.patch(path, json={"role": "administrator"}, headers=seen)
    assert (412, "precondition_failed") == (second.status_code, second.json()["code"])
    assert 412 == administrator.delete(path, headers=seen).status_code
    fresh = {"if-match": first.headers["etag"]}
    assert 204 == administrator.delete(path, headers=fresh).status_code


@pytest.mark.parametrize("role", ["viewer", "operator"])
def test_only_administrators_see_users(replica: Any, role: str) -> None:
    """The backend checks the role again, whatever the gateway decided."""
    with replica.client(replica.as_caller(role, "someone")) as client:
        answers = [client.get(_USERS), client.post(_USERS, json={})]
    assert [403, 403] == [answer.status_code for answer in answers]


def test_a_repeated_create_gets_the_first_answer(
    administrator: httpx.Client, password: str
) -> None:
    """The same key and body give the same bytes; another body is refused."""
    headers = {"idempotency-key": "create-once"}
    first = administrator.post(_USERS, json=_new("once", password), headers=headers)
    again = administrator.post(_USERS, json=_new("once", password), headers=headers)
    other = administrator.post(_USERS, json=_new("other", password), headers=headers)
    assert (201, first.content) == (again.status_code, again.content)
    assert (422, "idempotency_key_reused") == (other.status_code, other.json()["code"])


def test_fifty_parallel_creates_with_one_key_make_one_user(
    administrator: httpx.Client, password: str
) -> None:
    """Every answer is the first one's, or says that it is on its way."""
    headers = {"idempotency-key": "race"}

    def create(_: int) -> httpx.Response:
        return administrator.post(_USERS, json=_new("race", password), headers=headers)

    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(create, range(50)))
    made = {answer.content for answer in answers if answer.status_code == 201}
    refused = {answer.json()["code"] for answer in answers if answer.status_code != 201}
    assert 1 == len(made)
    assert {"idempotency_key_in_progress", "rate_limited"} >= refused
    found = administrator.get(_USERS, params={"limit": "100"}).json()["items"]
    assert 1 == sum(user["email"] == "race@groundplan.example" for user in found)


def test_who_is_deleted_while_signing_in_has_no_session_left(
    stack: Any, replica: Any, administrator: httpx.Client, password: str
) -> None:
    """A sign-in that races its own end is either refused or ended, at the gateway as well."""
    for number in range(3):
        user = administrator.post(_USERS, json=_new(f"racing-{number}", password)).json()
        body = {"email": user["email"], "password": password}
        with ThreadPoolExecutor(7) as threads, replica.client() as client:
            tries = [
                threads.submit(client.post, "/api/v1/identity/sign-in", json=body)
                for _ in range(6)
            ]
            deleted = threads.submit(administrator.delete, f"{_USERS}/{user['id']}")
            assert {200, 401} >= {one.result().status_code for one in tries}
        assert 204 == deleted.result().status_code
        with contextlib.closing(redis_client.from_url(stack.environment["REDIS_URL"])) as redis:
            assert not redis.exists(f"groundplan:sessions:{user['id']}")
