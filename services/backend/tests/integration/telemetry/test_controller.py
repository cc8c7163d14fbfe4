"""Telemetry that is there, that is off, and that is down; and the runbooks."""

import asyncio
import socket
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

Get = Callable[..., httpx.Response]
_PATHS = (
    "overview",
    "charts/connections",
    "objectives",
    "alerts",
    "traces",
    "traces/" + "a" * 32,
    "services",
    "graph",
    "logs",
    "logs/follow",
)


def test_the_state_tells_who_answers_and_who_is_silent(get: Get, until: Any) -> None:
    """With what is kept, and with the replica that should be measured and is not."""
    until(lambda: get("state").json()["silent"])
    state = get("state").json()
    kinds = {one["signal"]: (one["kind"], one["state"]) for one in state["signals"]}
    assert {
        "metrics": ("prometheus", "up"),
        "traces": ("store", "up"),
        "logs": ("store", "up"),
    } == kinds
    assert ["gone-1"] == state["silent"]
    assert {"traces", "logs", "metrics"} <= {one["signal"] for one in state["kept"]}


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


def test_what_is_down_is_told_within_two_seconds(poor: Any) -> None:
    """503 with a code of its own, however it is down; the state still answers."""
    headers = poor.as_caller("viewer", str(uuid.uuid4()))

    async def ask() -> list[tuple[httpx.Response, float]]:
        async with httpx.AsyncClient(base_url=poor.url, headers=headers, timeout=10) as client:

            async def one(path: str) -> tuple[httpx.Response, float]:
                started = time.monotonic()
                answer = await client.get(f"/api/v1/telemetry/{path}")
                return answer, time.monotonic() - started

            return await asyncio.gather(*(one(path) for path in (*_PATHS, "state")))

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


def test_what_is_off_is_not_found(lasting_stack: Any, replica: Any) -> None:
    """404 with a code of its own, and the state says that nothing is set up."""
    with replica.client(replica.as_caller("viewer", str(uuid.uuid4()))) as client:
        for path in _PATHS:
            answer = client.get(f"/api/v1/telemetry/{path}")
            assert (404, "telemetry_off") == (answer.status_code, answer.json()["code"]), path
        state = client.get("/api/v1/telemetry/state").json()
    assert ["off"] * 3 == [one["state"] for one in state["signals"]]


@pytest.fixture(scope="module")
def replica(lasting_stack: Any) -> Any:
    """A replica that was told of no telemetry."""
    return lasting_stack.replica()


def test_runbooks_are_read_without_telemetry(replica: Any) -> None:
    """They are needed most when nothing else answers; what is none is not found."""
    with replica.client(replica.as_caller("viewer", str(uuid.uuid4()))) as client:
        page = client.get("/api/v1/telemetry/runbooks").json()
        for one in page["items"]:
            found = client.get(f"/api/v1/telemetry/runbooks/{one['name']}").json()
            assert (one["title"], True) == (found["title"], found["text"] != "")
        assert 404 == client.get("/api/v1/telemetry/runbooks/NoSuchThing").status_code
