"""The audit record on the running platform: what every tier refuses stands in it, for good."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from stack import People, Stack

_EVENTS = "/api/v1/audit/events"
_USERS = "/api/v1/identity/users"


@pytest.fixture
def administrator(ready: Stack, signed_in: People) -> Iterator[httpx.Client]:
    """A client of an administrator."""
    headers = signed_in.headers("administrator")
    with httpx.Client(base_url=ready.url, headers=headers, timeout=10) as client:
        yield client


def _until(found: Callable[[], Any], seconds: float = 30) -> Any:
    deadline = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < deadline, "it did not come in time"
        time.sleep(0.1)
    return value


def test_what_the_gateway_refuses_is_recorded_with_who_tried(
    ready: Stack, signed_in: People, administrator: httpx.Client
) -> None:
    """The backend never saw the request, and its record names it all the same."""
    headers = signed_in.headers("viewer")
    answer = httpx.post(f"{ready.url}{_USERS}", json={}, headers=headers)
    request = answer.headers["x-request-id"]
    assert 403 == answer.status_code
    query = {"text": request.replace("-", " "), "outcome": "refused"}
    found = _until(lambda: administrator.get(_EVENTS, params=query).json()["items"])
    detail = administrator.get(f"{_EVENTS}/{found[0]['id']}").json()
    assert ("request.refused", _USERS, request) == (
        detail["action"],
        detail["target"],
        detail["request_id"],
    )
    expected = {"method": "POST", "status": 403, "code": "forbidden", "by": "gateway"}
    assert expected == {name: detail["detail"][name] for name in expected}
    assert detail["genuine"]


async def test_the_backends_own_role_cannot_change_what_is_recorded(
    ready: Stack, administrator: httpx.Client
) -> None:
    """Whoever has its password can add and read, and the state says so."""
    assert administrator.get("/api/v1/audit/verification").json()["protected"]
    data = Path(ready.status()["data"])
    url = (data / "config" / "secrets" / "backend.database-url").read_text()
    connection = await asyncpg.connect(url)
    try:
        for statement in ("UPDATE audit.event SET actor = ''", "DROP SCHEMA audit CASCADE"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)
    finally:
        await connection.close()


def test_an_export_streams_through_every_tier(administrator: httpx.Client) -> None:
    """As CSV, and not stored by anybody on the way."""
    answer = administrator.get("/api/v1/audit/export", params={"format": "csv"})
    assert 200 == answer.status_code
    assert answer.text.startswith("position,id,at,actor,action,target,outcome,")
    assert "no-store" == answer.headers["cache-control"]
