"""PostgreSQL and Redis come and go; the backend stays, answers what it can, and recovers."""

import time
from typing import Any

import httpx
import pytest

_SERVICES = "/api/v1/catalog/services"
_BACKEND = f"{_SERVICES}/backend"


@pytest.fixture(autouse=True)
def _servers_return(stack: Any) -> Any:
    """Whatever a test stops runs again afterwards."""
    yield
    stack.postgres.ensure()
    stack.redis.ensure()


@pytest.fixture
def viewer(replica: Any) -> Any:
    """A client of a viewer."""
    with replica.client(replica.as_caller("viewer", "someone")) as client:
        yield client


def _answers(client: httpx.Client, path: str = _BACKEND) -> bool:
    return client.get(path, headers={"cache-control": "no-cache"}).status_code == 200


def test_a_stale_copy_serves_while_the_database_is_down(
    stack: Any, replica: Any, viewer: httpx.Client, until: Any
) -> None:
    """It says so in a header and a field; what was never read is a 503; recovery needs no hand."""
    fresh = viewer.get(_BACKEND)
    stack.postgres.stop()
    answer = viewer.get(_BACKEND, headers={"cache-control": "no-cache"})
    assert (200, '110 - "Response is Stale"') == (answer.status_code, answer.headers["warning"])
    assert {**fresh.json(), "stale": True} == answer.json()
    started = time.monotonic()
    never_read = viewer.get(f"{_SERVICES}/frontend")
    assert time.monotonic() - started < 1.5
    assert (503, "dependency_unavailable") == (
        never_read.status_code,
        never_read.json()["code"],
    )
    assert "retry-after" in never_read.headers
    stack.postgres.start()
    started = time.monotonic()
    until(
        lambda: (
            "warning" not in viewer.get(_BACKEND, headers={"cache-control": "no-cache"}).headers
        )
    )
    assert time.monotonic() - started < 10


def test_health_does_not_fail_with_the_database_or_redis(
    stack: Any, replica: Any, viewer: httpx.Client
) -> None:
    """Liveness and readiness stay 200 and name what is down; the keys are served from memory."""
    stack.postgres.stop()
    stack.redis.stop()
    assert 200 == viewer.get("/healthz/live").status_code
    ready = viewer.get("/healthz/ready")
    assert (200, {"database": "down", "cache": "down"}) == (
        ready.status_code,
        ready.json()["dependencies"],
    )
    assert 200 == viewer.get("/api/v1/identity/jwks").status_code
    assert 503 == viewer.get(_BACKEND).status_code


def test_reads_go_to_the_database_while_redis_is_down(
    stack: Any, replica: Any, viewer: httpx.Client, until: Any, password: str
) -> None:
    """Reads answer; sign-in is refused without counting, and works when Redis is back."""
    stack.redis.stop()
    assert {200} == {viewer.get(_BACKEND).status_code for _ in range(20)}
    body = {"email": "viewer@groundplan.example", "password": password}
    for _ in range(15):
        refused = viewer.post("/api/v1/identity/sign-in", json=body)
    assert (503, "dependency_unavailable") == (refused.status_code, refused.json()["code"])
    stack.redis.start()
    until(lambda: "hit" in viewer.get(_BACKEND).headers["cache-status"], 5)
    until(lambda: viewer.post("/api/v1/identity/sign-in", json=body).status_code == 200, 5)


def test_a_frozen_redis_costs_one_request_a_short_wait(
    stack: Any, replica: Any, viewer: httpx.Client
) -> None:
    """After the first timeout Redis is left alone for a second, so reads stay fast."""
    viewer.get(_BACKEND)
    stack.redis.pause()
    try:
        taken = []
        for _ in range(10):
            started = time.monotonic()
            assert 200 == viewer.get(_BACKEND).status_code
            taken.append(time.monotonic() - started)
    finally:
        stack.redis.resume()
    assert max(taken) < 0.6
    assert sorted(taken)[5] < 0.1


def test_a_backend_starts_with_nothing_else_running(
    stack: Any, replica: Any, until: Any, password: str
) -> None:
    """It answers health at once, and loads keys and catalog when the servers come."""
    stack.postgres.stop()
    stack.redis.stop()
    early = stack.replica(wait=False)
    until(lambda: httpx.get(f"{early.url}/healthz/ready").status_code == 200, 10)
    assert 503 == httpx.get(f"{early.url}/api/v1/identity/jwks").status_code
    stack.postgres.start()
    stack.redis.start()
    early.wait_until_ready()
    body = {"email": "administrator@groundplan.example", "password": password}
    with early.client() as client:
        until(lambda: client.post("/api/v1/identity/sign-in", json=body).status_code == 200, 5)


async def test_no_acknowledged_write_is_lost_when_the_database_restarts(
    stack: Any, replica: Any, until: Any
) -> None:
    """Every create that was answered 201 is there after a crash of PostgreSQL."""
    headers = replica.signed_in("operator@groundplan.example")
    acknowledged: set[str] = set()
    refused = 0
    with replica.client(headers) as client:
        for number in range(120):
            if number == 40:
                stack.postgres.stop()
            if number == 80:
                stack.postgres.start()
                until(lambda: _answers(client), 10)
            body = {"key": "note", "value": f"number {number}"}
            answer = client.post(f"{_BACKEND}/annotations", json=body)
            assert answer.status_code in (201, 503)
            if answer.status_code == 201:
                acknowledged.add(answer.json()["id"])
            else:
                refused += 1
    rows = await stack.fetch("SELECT id::text FROM annotation")
    assert 80 <= len(acknowledged)
    assert 0 < refused
    assert acknowledged <= {row["id"] for row in rows}
