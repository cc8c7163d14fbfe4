"""The store of signals is away for a while: users do not feel it, and the gap is shown as one."""

import asyncio
import contextlib
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import httpx
import psutil
import pytest
from signals import Store
from stack import People, Stack, get_request
from steady import Steady, eventually

LIST = "/api/v1/catalog/services?limit=20"
RATE = 200
NOTED = 17
"""Seconds; less than 15 without a store are no gap, but the time between two samples."""


@pytest.fixture
def store(ready: Stack) -> Store:
    """The store of the running platform."""
    return Store(ready)


@dataclass(frozen=True)
class Part:
    """The store's processes, and the runner, which would repair it."""

    taken: list[psutil.Process]
    runner: psutil.Process

    @contextmanager
    def away(self, number: signal.Signals) -> Iterator[None]:
        """Kill or stop the store while the block runs, and hold the runner meanwhile."""
        self.runner.suspend()
        try:
            for each in self.taken:
                each.send_signal(number)
            yield
        finally:
            for each in (*self.taken, self.runner):
                with contextlib.suppress(psutil.NoSuchProcess):
                    each.resume()


@pytest.fixture
def part(ready: Stack) -> Part:
    """The store as processes."""
    first = psutil.Process(ready.components("telemetry")[0]["pid"])
    return Part([first, *first.children(recursive=True)], psutil.Process(ready.supervisor()))


async def test_a_frozen_store_costs_nobody_anything(
    ready: Stack, signed_in: People, store: Store, part: Part
) -> None:
    """It takes connections and answers nothing: requests do not fail, its own pages say so."""
    request = get_request(LIST, signed_in.tokens["viewer"])
    async with Steady(ready.port, lambda number: request, rate=RATE) as load:
        await load.until(RATE)
        with part.away(signal.SIGSTOP):
            said = await asyncio.to_thread(_asked, ready, signed_in)
            await load.until(5 * RATE)
        await eventually(lambda: asyncio.to_thread(_knows_up, store), 20, "the store is back")
    assert (503, "telemetry_unavailable") == said
    assert [] == load.outcome.errors, load.outcome.errors[:5]


async def test_the_time_without_a_store_is_a_gap(
    ready: Stack, signed_in: People, store: Store, part: Part
) -> None:
    """Killed for 17 s under 200 reads/s: none fails, and no sample is made up for that time."""
    request = get_request(LIST, signed_in.tokens["viewer"])
    await eventually(lambda: asyncio.to_thread(_knows_up, store), 20, "there are samples")
    async with Steady(ready.port, lambda number: request, rate=RATE) as load:
        with part.away(signal.SIGKILL):
            gone = time.time()
            await load.until(NOTED * RATE)
            back = time.time()
        await eventually(lambda: asyncio.to_thread(_knows_up, store), 20, "the store is back")
    assert [] == load.outcome.errors, load.outcome.errors[:5]
    gaps = [each for each in store.get("/state")["gaps"] if each["reason"] == "stopped"]
    start, end = (datetime.fromisoformat(gaps[-1][each]).timestamp() for each in ("from", "to"))
    assert start <= gone < back <= end
    times = {"start": str(gone + 1), "end": str(back), "step": "1"}
    shown = store.get("/api/v1/query_range", query="up", **times)
    assert [] == shown["data"]["result"]


def _asked(stack: Stack, people: People) -> tuple[int, str]:
    answer = httpx.get(
        f"{stack.url}/api/v1/telemetry/traces", headers=people.headers("viewer"), timeout=10
    )
    return answer.status_code, str(answer.json().get("code"))


def _knows_up(store: Store) -> bool:
    """Say whether the store answers, and has samples of this moment."""
    with contextlib.suppress(httpx.HTTPError):
        return bool(store.get("/api/v1/query", query="up")["data"]["result"])
    return False
