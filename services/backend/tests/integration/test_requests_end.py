"""Requests that must end: hang-ups, deadlines, shutdown. A locked table makes queries slow."""

import contextlib
import signal
import socket
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import asyncpg
import httpx
import pytest

_SERVICES = "/api/v1/catalog/services"


@contextlib.asynccontextmanager
async def _locked(stack: Any) -> AsyncIterator[None]:
    connection = await asyncpg.connect(stack.database_url)
    try:
        async with connection.transaction():
            await connection.execute("LOCK TABLE component IN ACCESS EXCLUSIVE MODE")
            yield
    finally:
        await connection.close()


async def _waiting_queries(stack: Any) -> int:
    rows = await stack.fetch(
        "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database()"
        " AND application_name = 'groundplan-backend' AND wait_event_type = 'Lock'"
    )
    return int(rows[0]["n"])


async def _until_waiting(stack: Any, number: int, seconds: float) -> float:
    started = time.monotonic()
    while await _waiting_queries(stack) != number:
        assert time.monotonic() - started < seconds
    return time.monotonic() - started


def _looks_at_the_cache(replica: Any) -> float:
    """Return how often requests have asked the cache; whoever has waits for the database."""
    with replica.client() as client:
        lines = client.get("/metrics").text.splitlines()
    return sum(float(one.split()[-1]) for one in lines if "_count{" in one and '"MGET"' in one)


def _hang_ups(replica: Any) -> int:
    return int(replica.log.read_text().count('"status":499'))


def _request(replica: Any, *more: str) -> bytes:
    headers = replica.as_caller("viewer", "someone")
    lines = [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([f"GET {_SERVICES} HTTP/1.1", "host: x", *lines, *more, "", ""]).encode()


def _open(replica: Any) -> socket.socket:
    host, port = replica.url.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), 5)


@pytest.mark.parametrize("cache_control", ["no-cache", "max-age=5"])
async def test_a_client_that_hangs_up_stops_its_query(
    stack: Any, replica: Any, cache_control: str
) -> None:
    """Within a second PostgreSQL works no more for somebody who is gone, cached or not."""
    async with _locked(stack):
        client = _open(replica)
        client.sendall(_request(replica, f"cache-control: {cache_control}"))
        await _until_waiting(stack, 1, 20)
        client.close()
        assert await _until_waiting(stack, 0, 5) < 1.0
    with replica.client(replica.as_caller("viewer", "someone")) as healthy:
        assert 200 == healthy.get(_SERVICES, params={"limit": 2}).status_code


async def test_a_write_that_nobody_waits_for_is_rolled_back(
    stack: Any, replica: Any, until: Any
) -> None:
    """Its query ends, nothing of it stays, and the log says that the client was gone."""
    headers = replica.as_caller("operator", "3d0ca315-aff9-4fc2-be61-3b76b9a2d798")
    body = b'{"key":"note","value":"never"}'
    lines = [f"{name}: {value}" for name, value in headers.items()]
    lines += ["content-type: application/json", f"content-length: {len(body)}", "host: x"]
    head = "\r\n".join([f"POST {_SERVICES}/backend/annotations HTTP/1.1", *lines, "", ""])
    async with _locked(stack):
        client = _open(replica)
        client.sendall(head.encode() + body)
        await _until_waiting(stack, 1, 20)
        client.close()
        assert await _until_waiting(stack, 0, 5) < 1.0
    assert [] == await stack.fetch("SELECT 1 FROM annotation WHERE value = 'never'")
    until(lambda: '"status":499' in replica.log.read_text().splitlines()[-1])


async def test_a_shared_query_goes_on_while_somebody_waits(
    stack: Any, replica: Any, until: Any
) -> None:
    """One of two who wait for the same rebuild may leave; the other gets the answer."""
    path = f"{_SERVICES}?limit=7"
    with ThreadPoolExecutor(1) as threads:
        async with _locked(stack):
            leaver = _open(replica)
            leaver.sendall(_request(replica).replace(_SERVICES.encode(), path.encode()))
            await _until_waiting(stack, 1, 20)
            headers = replica.as_caller("viewer", "someone")
            before = _looks_at_the_cache(replica), _hang_ups(replica)
            stayer = threads.submit(httpx.get, replica.url + path, headers=headers, timeout=60)
            until(lambda: _looks_at_the_cache(replica) > before[0])
            leaver.close()
            until(lambda: _hang_ups(replica) > before[1])
            time.sleep(0.3)
            assert 1 == await _waiting_queries(stack)
        assert 200 == stayer.result().status_code


async def test_the_deadline_of_a_request_ends_its_query(stack: Any, replica: Any) -> None:
    """A request that takes too long is a 503 with Retry-After, and its query ends with it."""
    hurried = stack.replica(REQUEST_TIMEOUT_MS="600")
    async with _locked(stack):
        headers = {**hurried.as_caller("viewer", "someone"), "cache-control": "no-cache"}
        with hurried.client(headers) as client:
            started = time.monotonic()
            answer = client.get(_SERVICES, params={"limit": 3})
        assert time.monotonic() - started < 1.5
        assert (503, "dependency_unavailable") == (answer.status_code, answer.json()["code"])
        assert "retry-after" in answer.headers
        await _until_waiting(stack, 0, 2)


async def test_statement_timeout_stands_on_every_connection(stack: Any, replica: Any) -> None:
    """PostgreSQL itself ends a statement that runs too long; the connection stays good."""
    strict = stack.replica(STATEMENT_TIMEOUT_MS="200", DATABASE_POOL_SIZE="1")
    headers = {**strict.as_caller("viewer", "someone"), "cache-control": "no-cache"}
    with strict.client(headers) as client:
        async with _locked(stack):
            answer = client.get(_SERVICES, params={"limit": 3})
            assert 503 == answer.status_code
        assert 200 == client.get(_SERVICES, params={"limit": 3}).status_code


async def test_a_full_pool_refuses_within_a_second(stack: Any, replica: Any) -> None:
    """Waiting for a connection is bounded; nobody hangs."""
    small = stack.replica(DATABASE_POOL_SIZE="1")
    headers = {**small.as_caller("viewer", "someone"), "cache-control": "no-cache"}
    async with _locked(stack):
        with contextlib.closing(_open(small)) as first, small.client(headers) as client:
            first.sendall(_request(small, "cache-control: no-cache"))
            await _until_waiting(stack, 1, 20)
            started = time.monotonic()
            answer = client.get(_SERVICES, params={"limit": 4})
            assert 503 == answer.status_code
            assert 0.8 < time.monotonic() - started < 1.8


async def test_sigterm_lets_requests_finish(stack: Any, replica: Any, until: Any) -> None:
    """What was accepted is answered, new connections are refused, idle ones closed, exit is 0."""
    leaving = stack.replica()
    idle = _open(leaving)
    with ThreadPoolExecutor(1) as threads:
        async with _locked(stack):
            headers = {**leaving.as_caller("viewer", "someone"), "cache-control": "no-cache"}
            answer = threads.submit(
                httpx.get, leaving.url + _SERVICES, headers=headers, timeout=10
            )
            await _until_waiting(stack, 1, 20)
            leaving.process.send_signal(signal.SIGTERM)
            until(lambda: _is_refused(leaving), 5)
            assert leaving.process.poll() is None
        assert 200 == answer.result().status_code
    assert 0 == leaving.process.wait(10)
    idle.settimeout(5)
    assert b"" == idle.recv(1)


def _is_refused(replica: Any) -> bool:
    try:
        _open(replica).close()
    except ConnectionRefusedError:
        return True
    return False
