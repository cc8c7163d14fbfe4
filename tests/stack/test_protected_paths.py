"""However a protected path is spelled, nobody without a token gets what is behind it."""

import asyncio
import json

import pytest
from patient import PAUSES, is_undecided
from stack import People, Stack
from steady import Connection, connect

USERS = "/api/v1/identity/users"

SPELLINGS = [
    USERS,
    USERS + "/",
    USERS + "//",
    "//api/v1/identity/users",
    "/api//v1/identity/users",
    "/api/v1//identity//users",
    "/./api/v1/identity/users",
    "/api/./v1/identity/users",
    "/api/v1/identity/./users",
    "/api/v1/identity/users/.",
    "/api/v1/identity/jwks/../users",
    "/api/v1/identity/sign-in/../users",
    "/api/docs/../v1/identity/users",
    "/api/v1/openapi.json/../identity/users",
    "/api/v1/identity/jwks/%2e%2e/users",
    "/api/v1/identity/jwks/%2E%2E/users",
    "/api/v1/identity/jwks/.%2e/users",
    "/api/v1/identity/jwks/%2e./users",
    "/api/v1/identity/jwks%2f..%2fusers",
    "/api/v1/identity/jwks%2F..%2Fusers",
    "/api/v1/identity/jwks/..%2fusers",
    "/api/v1/identity%2fusers",
    "/api/v1%2fidentity%2fusers",
    "/api%2fv1%2fidentity%2fusers",
    "/api/v1/identity/jwks%5c..%5cusers",
    "/api/v1/identity/jwks\\..\\users",
    "/api/v1/identity\\users",
    "/api/v1/identity/users;a=b",
    "/api/v1/identity;/users",
    "/api/v1/identity/jwks;/../users",
    "/api/v1/identity/jwks/..;/users",
    "/api/v1/identity/users%00",
    "/api/v1/identity/jwks%00/../users",
    "/api/v1/identity/users%20",
    "/api/v1/identity/users%09",
    "/api/v1/identity/users.",
    "/api/v1/identity/users?x=/api/v1/identity/jwks",
    "/api/v1/identity/users#/api/v1/identity/jwks",
    "/api/v1/identity/users%3f",
    "/api/v1/identity/users%23",
    "/API/V1/IDENTITY/USERS",
    "/api/v1/Identity/Users",
    "/api/v1/identity/%75sers",
    "/%61pi/v1/identity/users",
    "/api/v1/identity/%2575sers",
    "/api/v1/identity/jwks/%252e%252e/users",
    "/api/v1/identity/jwks/%c0%ae%c0%ae/users",
    "/api/v1/identity/jwks/%u002e%u002e/users",
    "/api/v1/identity/users/../users",
    "/assets/../api/v1/identity/users",
    "/status.json/../api/v1/identity/users",
    "http://127.0.0.1/api/v1/identity/users",
    "http://evil.example/api/v1/identity/users",
]


async def _ask(port: int, target: str, *headers: str) -> tuple[int, bytes]:
    """Ask in these very letters, and again where nobody could say in time who calls."""
    for pause in PAUSES:
        status, body = await _exchange(port, target, *headers)
        if not is_undecided(status, body):
            return status, body
        await asyncio.sleep(pause)
    return await _exchange(port, target, *headers)


async def _exchange(port: int, target: str, *headers: str) -> tuple[int, bytes]:
    reader, writer = await connect(port)
    lines = [f"GET {target} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers]
    connection = Connection(reader, writer)
    try:
        answer, _ = await asyncio.wait_for(
            connection.ask(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")), 10
        )
    finally:
        connection.close()
    return answer.status, answer.body


def _tells_users(body: bytes) -> bool:
    return b"@stack.example" in body or b'"administrator"' in body


@pytest.mark.parametrize("port", ["frontend", "gateway"])
async def test_no_spelling_gets_in(ready: Stack, signed_in: People, port: str) -> None:
    """None of the spellings shows a user to a caller without a token."""
    number = ready.port if port == "frontend" else ready.components("gateway")[0]["port"]
    answers = {target: await _ask(number, target) for target in SPELLINGS}
    assert len(SPELLINGS) >= 40
    assert {} == {target: answer for target, answer in answers.items() if _tells_users(answer[1])}
    assert {} == {target: status for target, (status, _) in answers.items() if status >= 500}


@pytest.mark.parametrize("role", ["viewer", "operator"])
async def test_no_spelling_lifts_a_role(ready: Stack, signed_in: People, role: str) -> None:
    """None of the spellings shows a user to a caller whose role is too low."""
    port, token = ready.port, f"Authorization: Bearer {signed_in.tokens[role]}"
    answers = {target: await _ask(port, target, token) for target in SPELLINGS}
    assert {} == {target: answer for target, answer in answers.items() if _tells_users(answer[1])}


async def test_the_plain_spelling_works_for_an_administrator(
    ready: Stack, signed_in: People
) -> None:
    """Negative control: whoever may see the users does see them, so the test would notice."""
    token = f"Authorization: Bearer {signed_in.tokens['administrator']}"
    status, body = await _ask(ready.port, USERS, token)
    assert status == 200
    assert _tells_users(body)
    assert json.loads(body)["items"]
