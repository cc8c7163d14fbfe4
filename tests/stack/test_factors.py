"""Second factors through the frontend and the gateway: nothing opens before they are brought."""

import base64
import time
import uuid
from collections.abc import Iterator

import httpx
import pytest
from patient import patient
from stack import PASSWORD, People, Stack

from groundplan_backend.identity.factors import totp

IDENTITY = "/api/v1/identity"
SOMETHING = "3d0ca315-aff9-4fc2-be61-3b76b9a2d798"


@pytest.fixture
def client(ready: Stack) -> Iterator[httpx.Client]:
    """A caller without an identity."""
    with patient(ready.url, timeout=30) as opened:
        yield opened


@pytest.fixture
def challenge(client: httpx.Client, signed_in: People) -> str:
    """The challenge of somebody with a code generator, whose password was right."""
    words = {"email": f"{uuid.uuid4().hex[:12]}@stack.example", "password": PASSWORD}
    headers = signed_in.headers("administrator")
    made = client.post(f"{IDENTITY}/users", json={**words, "role": "operator"}, headers=headers)
    assert 201 == made.status_code, made.text
    token = client.post(f"{IDENTITY}/sign-in", json=words).json()["access_token"]
    headers = {"authorization": f"Bearer {token}"}
    begun = client.post(f"{IDENTITY}/factors/totp", headers=headers).json()
    code = totp.code(base64.b32decode(begun["secret"]), int(time.time()) // totp.STEP)
    body = {"enrolment": begun["enrolment"], "code": code}
    kept = client.post(f"{IDENTITY}/factors/totp/confirm", json=body, headers=headers)
    assert 201 == kept.status_code, kept.text
    client.cookies.clear()
    due = client.post(f"{IDENTITY}/sign-in", json=words).json()["mfa"]
    assert ["totp", "recovery"] == due["methods"]
    return str(due["challenge"])


def test_a_challenge_is_no_token_anywhere(client: httpx.Client, challenge: str) -> None:
    """As a bearer token and as a cookie it is refused by every operation that needs somebody."""
    described = client.get("/api/v1/openapi.json").json()["paths"]
    headers = {"authorization": f"Bearer {challenge}", "cookie": f"groundplan_refresh={challenge}"}
    asked = [
        (method, path.replace("{name}", "backend"))
        for path, item in described.items()
        for method, operation in item.items()
        if operation["security"]
    ]
    assert len(asked) > 40
    let_in = []
    for method, path in asked:
        while "{" in path:
            path = path[: path.index("{")] + SOMETHING + path[path.index("}") + 1 :]
        for word in {method, "head", "options"}:
            answer = client.request(word.upper(), path, headers=headers)
            if answer.status_code != 401:
                let_in.append((word, path, answer.status_code))
    assert [] == let_in
    body = {"refresh_token": challenge[:128]}
    assert 401 == client.post(f"{IDENTITY}/refresh", json=body).status_code
