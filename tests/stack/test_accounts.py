"""API tokens, roles and revocation on the running platform: through frontend and gateways."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from patient import ASKED, patient
from stack import PASSWORD, REPOSITORY, People, Stack, sign_in

_SERVICES = "/api/v1/identity/service-identities"
_CATALOG = "/api/v1/catalog/services"
_ME = "/api/v1/identity/me"
_EXAMPLES = {"name": "backend", "number": "1"}
_NOTHING = "00000000-0000-4000-8000-000000000007"
_WORKERS_ASKED = 20
_KEPT_OUT = {"unauthenticated", "session_ended", "forbidden", "insufficient_scope"}


def _operations() -> list[tuple[str, str, str, str]]:
    """Return (operation, method, path, least role) of all that needs an identity."""
    document = json.loads((REPOSITORY / "services/contracts/openapi.json").read_text())
    found = []
    for form, methods in document["paths"].items():
        path = re.sub(r"\{(\w+)\}", lambda part: _EXAMPLES.get(part[1], _NOTHING), form)
        for method, described in methods.items():
            role = re.search(r"Needs the role (\w+)", described["description"])
            if role:
                found.append((described["operationId"], method.upper(), path, role[1]))
    return found


def _outcome(client: httpx.Client, method: str, path: str, token: str | None) -> str:
    """Ask without a body, so that who is let in does nothing; return the code of a refusal."""
    headers = {"authorization": f"Bearer {token}"} if token else {}
    with client.stream(method, path, headers=headers) as answer:
        if answer.headers.get("content-type") != "application/problem+json":
            return str(answer.status_code)
        answer.read()
        return str(answer.json()["code"])


@pytest.fixture
def administrator(ready: Stack) -> Iterator[httpx.Client]:
    """A client of the first administrator, who has just signed in."""
    first = ready.credentials()
    token = sign_in(ready.url, first["email"], first["password"])
    headers = {"authorization": f"Bearer {token}"}
    with patient(ready.url, headers=headers) as client:
        yield client


@pytest.fixture
def service(administrator: httpx.Client) -> Iterator[str]:
    """A service identity of an operator's role, deleted after the test."""
    made = administrator.post(_SERVICES, json={"name": "stack-ci", "role": "operator"})
    assert made.status_code == 201, made.text
    yield made.json()["id"]
    administrator.delete(f"{_SERVICES}/{made.json()['id']}")


def _token(administrator: httpx.Client, service: str, *scopes: str) -> dict[str, Any]:
    new = {"name": "a test", "scopes": list(scopes), "days": 365}
    made = administrator.post(f"{_SERVICES}/{service}/tokens", json=new)
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


def _gateways(stack: Stack) -> list[str]:
    return [stack.origin(found["port"]) for found in stack.components("gateway")]


def test_nobody_and_no_wrong_role_gets_past_the_gateway(ready: Stack, signed_in: People) -> None:
    """Every operation that needs somebody refuses nobody, and every role below its least."""
    order = ["viewer", "operator", "administrator"]
    wrong = []
    with patient(ready.url) as client:
        for name, method, path, least in _operations():
            if _outcome(client, method, path, None) != "unauthenticated":
                wrong.append(f"{name}: nobody")
            for role in order[: order.index(least)]:
                if _outcome(client, method, path, signed_in.tokens[role]) != "forbidden":
                    wrong.append(f"{name}: {role}")
    assert [] == wrong


def test_a_token_opens_what_its_scope_names_and_nothing_else(
    ready: Stack, administrator: httpx.Client, service: str
) -> None:
    """Of all operations, through the real gateway, the readings of the catalog and no other."""
    secret = _token(administrator, service, "catalog:read")["secret"]
    opened = set()
    with patient(ready.url) as client:
        for name, method, path, _ in _operations():
            if _outcome(client, method, path, secret) not in _KEPT_OUT:
                opened.add((name, method, path.split("/")[3]))
    assert {("GET", "catalog")} == {(method, feature) for _, method, feature in opened}
    assert {"list_services", "read_platform"} <= {name for name, _, _ in opened}


def test_a_revoked_token_is_refused_at_every_gateway_within_five_seconds(
    ready: Stack, administrator: httpx.Client, service: str
) -> None:
    """A token that was busy at both gateways a moment ago opens neither."""
    made = _token(administrator, service, "catalog:read")
    headers = {"authorization": f"Bearer {made['secret']}"}
    gateways = _gateways(ready)
    assert len(gateways) == 2
    for _ in range(50):
        for origin in gateways:
            assert _ask(f"{origin}{_CATALOG}", headers).status_code == 200
    path = f"{_SERVICES}/{service}/tokens/{made['token']['id']}"
    assert administrator.delete(path).status_code == 204
    _refused_everywhere(gateways, _CATALOG, headers)


def test_an_ended_session_is_refused_at_every_gateway_within_five_seconds(
    ready: Stack, administrator: httpx.Client, signed_in: People
) -> None:
    """What an administrator ends is over for a busy reader at both gateways."""
    token = sign_in(ready.url, "operator@stack.example", PASSWORD)
    headers = {"authorization": f"Bearer {token}"}
    gateways = _gateways(ready)
    me = _ask(f"{ready.url}{_ME}", headers).json()
    for _ in range(50):
        for origin in gateways:
            assert _ask(f"{origin}{_ME}", headers).status_code == 200
    path = f"/api/v1/identity/users/{me['id']}/sessions/{me['session']}"
    assert administrator.delete(path).status_code == 204
    _refused_everywhere(gateways, _ME, headers)


def _ask(url: str, headers: dict[str, str]) -> httpx.Response:
    """Ask over a connection of its own, which any worker of a gateway may take."""
    with patient(headers=headers) as client:
        return client.get(url)


def _refused_everywhere(gateways: list[str], path: str, headers: dict[str, str]) -> None:
    """Assert that within 5 s every gateway refuses whatever worker takes the request.

    A worker may let in on its lease a little longer than another, so one refusal proves little.
    """
    deadline = time.monotonic() + 5
    for origin in gateways:
        refused = 0
        while refused < _WORKERS_ASKED:
            answer = _ask(f"{origin}{path}", headers)
            refused = refused + 1 if answer.status_code == 401 else 0
            assert refused or answer.extensions[ASKED] < deadline, f"{origin} still lets it in"


def test_an_invited_person_joins_with_the_mail_of_the_folder(
    ready: Stack, administrator: httpx.Client
) -> None:
    """On one machine the mail lies in a folder, and the link in it makes the user."""
    email = f"joining-{time.time_ns()}@stack.example"
    invitation = {"email": email, "role": "viewer"}
    made = administrator.post("/api/v1/identity/invitations", json=invitation)
    assert made.status_code == 201, made.text
    deadline, text = time.monotonic() + 15, ""
    while not text and time.monotonic() < deadline:
        mails = administrator.get("/api/v1/mails").json()["items"]
        text = next((mail["text"] for mail in mails if mail["to"] == email), "")
    link = re.search(r"(https?://\S+)/invitation#([A-Za-z0-9_-]{43})", text)
    assert link is not None
    assert ready.url == link[1]
    accepted = {"token": link[2], "password": PASSWORD}
    with patient(ready.url) as guest:
        answer = guest.post("/api/v1/identity/invitations/accept", json=accepted)
    assert answer.status_code == 201, answer.text
    assert sign_in(ready.url, email, PASSWORD)
    assert {0o600} == {
        file.stat().st_mode & 0o777 for file in Path(ready.data / "mails").iterdir()
    }
