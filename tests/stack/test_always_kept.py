"""Where nothing is sampled, what failed or was slow leaves its spans all the same, and says why.

One platform of its own, at 0%. Each request is asked for with a trace that its caller wants to be
kept, which the edge does not believe of strangers; its faults are real ones.
"""

import asyncio
import contextlib
import secrets
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
import registry
from signals import Store
from stack import Stack, sign_in
from steady import eventually, is_encrypted

from groundplan.loader import load

LIST = "/api/v1/catalog/services?limit=20"
NOTES = "/api/v1/catalog/services/backend/annotations?limit=20"
SIGN_IN = "/api/v1/identity/sign-in"
WAY = {"frontend", "gateway", "backend"}
REFUSERS = {"frontend", "gateway", "authz"}
"""Who tells of a request that authorisation could not decide; nobody asks the backend."""
FILE = Path(__file__).with_name("unsampled.yaml")
SLOW = load(FILE, "local").observability.traces.slow
HELD = SLOW + 0.3
"""Seconds that a table stays locked."""
PATIENCE = 20.0
TRIES = 20
Ask = Callable[..., tuple[str, httpx.Response]]


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Start a platform that samples nothing."""
    running = Stack(tmp_path_factory.mktemp("unsampled"), FILE)
    words = ["--tls"] if is_encrypted() else []
    with pytest.MonkeyPatch.context() as patched:
        try:
            started = running.up("--port-base", "19380", *words)
            for name, value in running.trust().items():
                patched.setenv(name, value)
            assert 0 == started.returncode, started.stderr
            yield running
        finally:
            running.run("down")


@pytest.fixture
def store(ready: Stack) -> Store:
    """The store of the platform."""
    return Store(ready)


@pytest.fixture(scope="module")
def ask(stack: Stack) -> Ask:
    """Return what sends a request past the cache, and returns its trace and the answer."""
    url, first = stack.url, stack.credentials()
    token = sign_in(url, first["email"], first["password"])

    def send(path: str, **body: str) -> tuple[str, httpx.Response]:
        trace = secrets.token_hex(16)
        told = {
            "authorization": f"Bearer {token}",
            "traceparent": f"00-{trace}-{secrets.token_hex(8)}-01",
            "cache-control": "no-cache",
        }
        with httpx.Client(base_url=url, headers=told, timeout=15) as client:
            return trace, client.post(path, json=body) if body else client.get(path)

    return send


def reasons(spans: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """Return who tells why a span is kept, and what."""
    return {(each["service"], each["attributes"].get(registry.REASON, "unsaid")) for each in spans}


def strangers(spans: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return spans that the registry does not list."""
    return [each for each in spans if registry.entry(each) is None]


@contextlib.asynccontextmanager
async def connected(stack: Stack) -> AsyncIterator[asyncpg.Connection]:
    """Open a connection to the backend's database."""
    url = (stack.data / "config/secrets/backend.database-url").read_text()
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


async def failed(stack: Stack, ask: Ask) -> str:
    """Return the trace of a request that the backend fails, for a table is away."""
    async with connected(stack) as database:
        await database.execute("ALTER TABLE annotation RENAME TO annotation_away")
        try:
            trace, answer = await asyncio.to_thread(ask, NOTES)
        finally:
            await database.execute("ALTER TABLE annotation_away RENAME TO annotation")
    assert 500 == answer.status_code
    return trace


async def slow(stack: Stack, ask: Ask) -> str:
    """Return the trace of a request that is answered well and late, for a table is locked."""
    async with connected(stack) as database:
        async with database.transaction():
            await database.execute("LOCK TABLE annotation IN ACCESS EXCLUSIVE MODE")
            asked = asyncio.create_task(asyncio.to_thread(ask, NOTES))
            until = time.monotonic() + PATIENCE
            while not await database.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"):
                assert time.monotonic() < until
                await asyncio.sleep(0.05)
            await asyncio.sleep(HELD)
        trace, answer = await asked
    assert 200 == answer.status_code
    return trace


def refused(stack: Stack, ask: Ask) -> str:
    """Return the trace of a request about which authorisation cannot decide, for Redis is mute."""
    with stack.frozen("cache"):
        trace, answer = ask(SIGN_IN, email="nobody@stack.example", password="wrong")
    assert 503 == answer.status_code
    return trace


def quick(ask: Ask) -> str:
    """Return the trace of a request that was answered well, in half of what is slow."""
    for _ in range(TRIES):
        trace, answer = ask(LIST)
        if answer.status_code == 200 and answer.elapsed.total_seconds() < SLOW / 2:
            return trace
    raise AssertionError(f"none of {TRIES} answers came within half of {SLOW} s")


async def test_what_failed_is_kept(ready: Stack, ask: Ask, store: Store) -> None:
    """nginx, Envoy and the backend each keep their span of a 500."""
    spans = store.wait_for(await failed(ready, ask), WAY, PATIENCE)
    assert {(service, "error") for service in WAY} == reasons(spans)
    assert [] == strangers(spans)


async def test_what_was_slow_is_kept(ready: Stack, ask: Ask, store: Store) -> None:
    """All three keep their span of an answer that was well, but late."""
    spans = store.wait_for(await slow(ready, ask), WAY, PATIENCE)
    # On a machine that does more, authorisation may have been slow as well.
    assert {(service, "slow") for service in WAY} == reasons(spans) - {("authz", "slow")}
    assert [] == strangers(spans)


def test_a_check_that_failed_is_kept(ready: Stack, ask: Ask, store: Store) -> None:
    """Authorisation keeps its span of what it could not decide, as nginx and Envoy do."""
    spans = store.wait_for(refused(ready, ask), REFUSERS, PATIENCE)
    assert {(service, "error") for service in REFUSERS} == reasons(spans)
    assert [] == strangers(spans)


async def test_what_was_well_and_quick_leaves_none(ready: Stack, ask: Ask, store: Store) -> None:
    """Its lines are found, and spans of all who saw what failed after it; none of it is."""
    trace = quick(ask)
    for later, who in ((await failed(ready, ask), WAY), (refused(ready, ask), REFUSERS)):
        assert who <= {each["service"] for each in store.wait_for(later, who, PATIENCE)}

    def are_read() -> bool:
        lines = store.get("/logs", trace_id=trace)["items"]
        return WAY <= {each["service"] for each in lines}

    await eventually(are_read, PATIENCE, "its lines are found")
    assert [] == store.spans(trace)


def test_a_span_without_a_reason_is_found() -> None:
    """The comparison is awake: who does not say why counts as nobody of those that do."""
    assert {("gateway", "unsaid")} == reasons([{"service": "gateway", "attributes": {}}])
