"""No forged or mangled token gets in, and a revoked session ends a real one."""

from collections.abc import Iterator

import httpx
import pytest
from forgery import forgeries
from patient import patient
from stack import PASSWORD, People, Stack, sign_in

ME = "/api/v1/identity/me"


@pytest.fixture
def client(ready: Stack) -> Iterator[httpx.Client]:
    """A caller without an identity."""
    with patient(ready.url) as opened:
        yield opened


def test_no_forged_token_gets_in(client: httpx.Client, signed_in: People) -> None:
    """Every forged or mangled token is answered with 401, never with an error of ours."""
    jwks = client.get("/api/v1/identity/jwks").json()
    answers = {}
    for name, token in forgeries(signed_in.tokens["viewer"], jwks):
        answer = client.get(ME, headers={"authorization": f"Bearer {token}"})
        answers[name] = answer.status_code
    assert len(answers) >= 40
    assert {} == {name: status for name, status in answers.items() if status not in (400, 401)}


@pytest.mark.parametrize(
    "header",
    [
        "{}",
        "Basic {}",
        "bearer{}",
        "Bearer",
        "Bearer {} {}",
        "Token {}",
        "Bearer\t{}x",
    ],
)
def test_no_mangled_header_gets_in(client: httpx.Client, signed_in: People, header: str) -> None:
    """A token in anything but a proper bearer header is not read."""
    token = signed_in.tokens["viewer"]
    answer = client.get(ME, headers={"authorization": header.format(token, token)})
    assert answer.status_code in (400, 401)


def test_a_token_in_the_query_is_not_read(client: httpx.Client, signed_in: People) -> None:
    """Tokens in URLs end up in logs; they are not accepted there."""
    answer = client.get(ME, params={"access_token": signed_in.tokens["viewer"]})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "name",
    [
        "x-groundplan-subject",
        "x-groundplan-role",
        "x-groundplan-session",
        "x-groundplan-gateway",
        "x-groundplan-jwt-payload",
        "X-Groundplan-Role",
        "x_groundplan_role",
    ],
)
def test_no_identity_header_is_believed(
    client: httpx.Client, signed_in: People, name: str
) -> None:
    """A client's identity headers change neither who it is nor what it may do."""
    forged = {name: "administrator", **signed_in.headers("viewer")}
    mine = client.get(ME, headers=forged)
    users = client.get("/api/v1/identity/users", headers=forged)
    assert mine.status_code in (200, 400)
    if mine.status_code == 200:
        assert mine.json()["role"] == "viewer"
    assert users.status_code in (400, 403)
    assert client.get(ME, headers={name: "administrator"}).status_code in (400, 401)


def test_no_forwarding_header_is_believed(client: httpx.Client, signed_in: People) -> None:
    """The address of a session is the caller's, whatever forwarding headers say."""
    forged = {"x-forwarded-for": "203.0.113.9", "x-real-ip": "203.0.113.9", "forwarded": "for=1"}
    answer = client.post(
        "/api/v1/identity/sign-in",
        json={"email": "viewer@stack.example", "password": PASSWORD},
        headers=forged,
    )
    token = answer.json()["access_token"]
    sessions = client.get(
        "/api/v1/identity/sessions", headers={"authorization": f"Bearer {token}"}
    ).json()["items"]
    assert {"127.0.0.1"} == {session["address"] for session in sessions}


def test_signing_out_ends_the_token(ready: Stack, client: httpx.Client, signed_in: People) -> None:
    """After signing out, a token that has not expired is refused at every gateway."""
    token = sign_in(ready.url, "operator@stack.example", PASSWORD)
    headers = {"authorization": f"Bearer {token}"}
    assert client.get(ME, headers=headers).status_code == 200
    assert client.post("/api/v1/identity/sign-out", headers=headers).is_success
    for gateway in ready.components("gateway"):
        answer = client.get(ready.origin(gateway["port"]) + ME, headers=headers)
        assert answer.status_code == 401
