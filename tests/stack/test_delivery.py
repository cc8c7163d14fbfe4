"""Events of deliveries reach followers through every tier, whatever dies on the way."""

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from stack import People, Stack

DELIVERY = "/api/v1/delivery"
FOLLOWERS = 20
EVENTS = 30
QUIET = 14
"""Seconds; nginx and Envoy wait 12 and 11 for a byte, and a request may take 10."""


@pytest.fixture
def operator(ready: Stack, signed_in: People) -> Iterator[httpx.Client]:
    """Return the client of who releases."""
    headers = signed_in.headers("operator")
    with httpx.Client(base_url=ready.url, headers=headers, timeout=10) as client:
        yield client


def _viewer(stack: Stack, people: People) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=stack.url, headers=people.headers("viewer"), timeout=20)


def _release(client: httpx.Client) -> str:
    number = uuid.uuid4().hex
    body = {
        "service": "plain",
        "version": number,
        "digest": "sha256:" + number * 2,
        "built_by": "tests",
        "built_at": "2026-01-02T03:04:05Z",
    }
    headers = {"idempotency-key": number}
    answer = client.post(f"{DELIVERY}/releases", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def _events(answer: httpx.Response) -> AsyncIterator[dict[str, Any]]:
    async for line in answer.aiter_lines():
        if line.startswith("data: "):
            yield json.loads(line[6:])


async def _follow(client: httpx.AsyncClient, last: int, wanted: int) -> tuple[list[int], int]:
    """Follow after `last`, coming back whenever the stream ends; return ids, and how often."""
    seen: list[int] = []
    connects = 0
    while len(seen) < wanted:
        connects += 1
        headers = {"last-event-id": str(seen[-1] if seen else last)}
        try:
            async with client.stream("GET", f"{DELIVERY}/events", headers=headers) as answer:
                answer.raise_for_status()
                async for event in _events(answer):
                    seen.append(event["id"])
                    if len(seen) == wanted:
                        break
        except httpx.HTTPError:
            await asyncio.sleep(0.1)
    return seen, connects


async def test_an_event_passes_every_tier_at_once(
    ready: Stack, signed_in: People, operator: httpx.Client
) -> None:
    """Nothing on the way holds a stream back: an event is there within a second."""
    async with (
        _viewer(ready, signed_in) as client,
        client.stream("GET", f"{DELIVERY}/events") as answer,
    ):
        assert "text/event-stream" == answer.headers["content-type"]
        events, waited = _events(answer), []
        for _ in range(3):
            made = await asyncio.to_thread(_release, operator)
            committed = time.monotonic()
            assert made == (await anext(events))["release"]
            waited.append(time.monotonic() - committed)
    assert min(waited) < 1, waited


async def test_followers_of_a_killed_backend_miss_nothing(
    ready: Stack, signed_in: People, operator: httpx.Client
) -> None:
    """`kill -9` of a backend replica: its followers come back, and all have each event once."""
    async with _viewer(ready, signed_in) as client:
        async with client.stream("GET", f"{DELIVERY}/events") as answer:
            await asyncio.to_thread(_release, operator)
            last = (await anext(_events(answer)))["id"]
        following = [asyncio.create_task(_follow(client, last, EVENTS)) for _ in range(FOLLOWERS)]
        for number in range(EVENTS):
            await asyncio.to_thread(_release, operator)
            if number == EVENTS // 3:
                await asyncio.to_thread(ready.kill, "backend", 1)
        followed = await asyncio.wait_for(asyncio.gather(*following), 60)
    expected = list(range(last + 1, last + EVENTS + 1))
    assert [expected] * FOLLOWERS == [seen for seen, _ in followed]
    assert max(connects for _, connects in followed) > 1


async def test_a_quiet_stream_outlasts_every_time_out(ready: Stack, signed_in: People) -> None:
    """Without an event it goes on for longer than any request may take."""
    began = time.monotonic()
    async with (
        _viewer(ready, signed_in) as client,
        client.stream("GET", f"{DELIVERY}/events") as answer,
    ):
        async for line in answer.aiter_lines():
            if line.startswith(":") and time.monotonic() - began > QUIET:
                break
    assert time.monotonic() - began > QUIET


def test_viewers_follow_and_nobody_else(ready: Stack, signed_in: People) -> None:
    """Without a token there is no stream, and webhooks are for administrators."""
    assert 401 == httpx.get(f"{ready.url}{DELIVERY}/events").status_code
    for role, status in (("operator", 403), ("administrator", 200)):
        headers = signed_in.headers(role)
        answer = httpx.get(f"{ready.url}{DELIVERY}/webhooks", headers=headers)
        assert status == answer.status_code
