"""Single traced requests, each followed in the console's interface until its trace is whole.

Time runs from the moment when the request is sent, so its own latency is part of the figure.
"""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlparse

import httpx

from bench.objectives import client, mix
from bench.scenario import LIST
from bench.stack import BenchError

SERVICES: Final = frozenset({"frontend", "gateway", "authz", "backend"})
STORES: Final = frozenset({"postgresql", "redis"})
"""Which leave no spans of their own: whoever asks them tells of it."""
REST: Final = "at rest"
LOADED: Final = "at the promised rate, all of it traced"
PATIENCE: Final = 15.0
"""Seconds after which a trace that is not whole is given up."""
_GLANCE: Final = 0.05
_PAUSE: Final = 0.5
"""Seconds between two requests: who asks often is let in by the gateway without authz."""
_CHUNK: Final = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How many requests are followed in each state, and the rate of the other ones."""

    requests: int
    per_minute: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where is asked; who looks for traces and makes the load is not who is followed."""

    url: str
    followed: str
    """The access token of a session that does nothing else."""
    other: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """One request: seconds until its trace was whole, or what was missing of it at the end."""

    state: str
    seconds: float
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """All arrivals, and what failed of the load meanwhile."""

    arrivals: list[Arrival]
    errors: list[str]


def measure(place: Place, plan: Plan, say: Callable[[str], None]) -> Outcome:
    """Follow requests at rest, then beside the promised rate.

    Raises:
        BenchError: A request was not answered with what it asked for.
    """
    return asyncio.run(_measured(place, plan, say))


def missing(spans: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return who has not told yet of a request that passes everybody."""
    told: set[str] = set()
    for each in spans:
        told |= {str(each["service"]), str(each["attributes"].get("db.system.name", ""))}
    return tuple(sorted((SERVICES | STORES) - told))


async def _measured(place: Place, plan: Plan, say: Callable[[str], None]) -> Outcome:
    errors: list[str] = []
    async with httpx.AsyncClient(base_url=place.url, timeout=PATIENCE) as browser:
        arrivals = await _follow(browser, place, REST, plan.requests, say)
        async with _load(place, plan.per_minute / 60, errors):
            arrivals += await _follow(browser, place, LOADED, plan.requests, say)
    return Outcome(arrivals, errors)


async def _follow(
    browser: httpx.AsyncClient, place: Place, state: str, count: int, say: Callable[[str], None]
) -> list[Arrival]:
    found = []
    for number in range(1, count + 1):
        await asyncio.sleep(_PAUSE)
        found.append(await _one(browser, place, state))
        if not number % 10:
            say(f"{state}: {number} of {count}, the last after {found[-1].seconds:.2f} s")
    return found


async def _one(browser: httpx.AsyncClient, place: Place, state: str) -> Arrival:
    trace, start = secrets.token_hex(16), time.monotonic()
    told = {"traceparent": f"00-{trace}-{trace[:16]}-01"}
    answer = await browser.get(LIST.path, headers={**LIST.headers(place.followed), **told})
    if answer.status_code != LIST.status:
        raise BenchError(f"{LIST.path} answered {answer.status_code}: {answer.text[:200]}")
    while absent := missing(await _spans(browser, place.other, trace)):
        if time.monotonic() - start > PATIENCE:
            break
        await asyncio.sleep(_GLANCE)
    return Arrival(state, round(time.monotonic() - start, 3), absent)


async def _spans(browser: httpx.AsyncClient, token: str, trace: str) -> list[dict[str, Any]]:
    headers = {"authorization": f"Bearer {token}"}
    answer = await browser.get(f"/api/v1/telemetry/traces/{trace}", headers=headers)
    if answer.status_code == 404:
        return []
    if not answer.is_success:
        raise BenchError(f"the console answered {answer.status_code}: {answer.text[:200]}")
    return list(answer.json()["spans"])


@asynccontextmanager
async def _load(place: Place, per_second: float, errors: list[str]) -> AsyncIterator[None]:
    sender = asyncio.create_task(_send(place, per_second, errors))
    try:
        yield
    finally:
        sender.cancel()
        await asyncio.wait([sender])


async def _send(place: Place, per_second: float, errors: list[str]) -> None:
    address = urlparse(place.url)
    host, port = str(address.hostname), address.port or 80
    count = max(1, round(per_second * _CHUNK))
    while True:
        requests = mix.traced(f"{host}:{port}", place.other, count)
        errors += (await client.send(host, port, requests, per_second)).errors
