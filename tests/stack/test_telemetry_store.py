"""The store of signals may die at any time: users notice nothing, and what it had is there."""

import asyncio
import contextlib

import httpx
import pytest
from signals import Store
from stack import People, Stack, get_request
from steady import Steady, eventually

LIST = "/api/v1/catalog/services?limit=20"


@pytest.fixture
def store(ready: Stack) -> Store:
    """The store of the running platform."""
    return Store(ready)


async def test_a_killed_store_costs_nobody_anything(
    ready: Stack, signed_in: People, store: Store
) -> None:
    """It is killed under 200 reads/s: none fails, the platform stays ready, and it comes back."""
    request = get_request(LIST, signed_in.tokens["viewer"])
    async with Steady(ready.port, lambda number: request) as load:
        await load.until(400)
        await asyncio.to_thread(ready.kill, "telemetry")
        assert await asyncio.to_thread(ready.is_ready)
        await load.until(400)
        await eventually(lambda: asyncio.to_thread(_answers, store), 20, "the store is back")
    assert [] == load.outcome.errors, load.outcome.errors[:5]


async def test_what_it_had_is_still_there(ready: Stack, store: Store) -> None:
    """A trace that was found before it was killed is found after it."""
    httpx.get(f"{ready.url}/api/v1/openapi.json", timeout=10)
    await eventually(lambda: asyncio.to_thread(_has_traces, store), 10, "a trace is found")
    trace = store.get("/traces", limit="1")["items"][0]["trace_id"]
    ready.kill("telemetry")
    await eventually(lambda: asyncio.to_thread(_answers, store), 20, "the store is back")
    assert trace == store.get(f"/traces/{trace}")["trace_id"]


def _answers(store: Store) -> bool:
    with contextlib.suppress(httpx.HTTPError):
        return "limits" in store.get("/state")
    return False


def _has_traces(store: Store) -> bool:
    return bool(store.get("/traces")["items"])
