"""Telemetry that is down, and what the rest feels of it.

Alone on the machine: answers are given up only just within the two seconds that are promised.
"""

import asyncio
import socket
import time
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest


@pytest.fixture(scope="module")
def silent() -> Iterator[str]:
    """An address that accepts and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture(scope="module")
def poor(lasting_stack: Any, silent: str) -> Any:
    """A replica whose telemetry hangs, and whose logs are refused."""
    return lasting_stack.replica(
        METRICS_URL=silent, TRACES_URL=silent, LOGS_URL="http://127.0.0.1:9"
    )


def test_what_is_down_is_told_within_two_seconds(poor: Any, paths: tuple[str, ...]) -> None:
    """503 with a code of its own, however it is down; the state still answers."""
    headers = poor.as_caller("viewer", str(uuid.uuid4()))

    async def ask() -> list[tuple[httpx.Response, float]]:
        async with httpx.AsyncClient(base_url=poor.url, headers=headers, timeout=10) as client:

            async def one(path: str) -> tuple[httpx.Response, float]:
                started = time.monotonic()
                answer = await client.get(f"/api/v1/telemetry/{path}")
                return answer, time.monotonic() - started

            return await asyncio.gather(*(one(path) for path in (*paths, "state")))

    *down, (state, took) = asyncio.run(ask())
    for answer, seconds in down:
        assert (503, "telemetry_unavailable") == (answer.status_code, answer.json()["code"])
        assert answer.headers["retry-after"] == "1"
        assert seconds < 2.5
    assert (200, True) == (state.status_code, took < 2.5)
    assert ["down"] * 3 == [one["state"] for one in state.json()["signals"]]


def test_the_rest_does_not_notice(poor: Any) -> None:
    """While all of it hangs, other requests take no longer than ever."""
    headers = poor.as_caller("viewer", str(uuid.uuid4()))

    async def ask() -> list[float]:
        async with httpx.AsyncClient(base_url=poor.url, headers=headers, timeout=10) as client:
            waiting = [
                asyncio.create_task(client.get("/api/v1/telemetry/overview")) for _ in range(30)
            ]
            await asyncio.sleep(0.2)
            took = []
            for _ in range(20):
                started = time.monotonic()
                answer = await client.get("/api/v1/catalog/platform")
                took.append(time.monotonic() - started)
                assert answer.status_code == 200
            answers = await asyncio.gather(*waiting)
            assert {503} == {one.status_code for one in answers}
            return took

    assert sorted(asyncio.run(ask()))[10] < 0.2
