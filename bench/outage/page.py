"""Somebody who keeps the console's pages of signals open: they ask, whatever happens there.

What is asked here is no request of a user's load. It must be answered all the same: with what
there is, or within `PATIENCE` with the word that signals are off.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from typing import Final

import httpx

PATHS: Final = (
    "/api/v1/telemetry/overview",
    "/api/v1/telemetry/traces?limit=20",
    "/api/v1/telemetry/logs?limit=20",
    "/api/v1/telemetry/services",
)
OFF: Final = "telemetry_unavailable"
PATIENCE: Final = 2.0
"""Seconds in which signals that are out are said to be."""
_EVERY: Final = 0.5
_LONGEST: Final = 10.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: when, as seconds since 1970, and what came of it after how many seconds."""

    at: float
    path: str
    status: int
    code: str
    seconds: float

    @property
    def is_answered(self) -> bool:
        """It was answered with what there is."""
        return self.status == 200

    @property
    def is_off(self) -> bool:
        """It was answered, in time, that there are no signals now."""
        return (self.status, self.code) == (503, OFF) and self.seconds <= PATIENCE


@dataclass(frozen=True, slots=True)
class Count:
    """What came of the questions of a time."""

    asked: int
    answered: int
    off: int
    slowest: float

    @property
    def other(self) -> int:
        """Answers that were neither."""
        return self.asked - self.answered - self.off


NOBODY: Final = Count(0, 0, 0, 0.0)


def count(asked: Iterable[Asked], since: float, until: float) -> Count:
    """Return what came of the questions that were asked between two times."""
    found = [each for each in asked if since <= each.at < until]
    return Count(
        asked=len(found),
        answered=sum(each.is_answered for each in found),
        off=sum(each.is_off for each in found),
        slowest=round(max((each.seconds for each in found), default=0.0), 3),
    )


@asynccontextmanager
async def asking(url: str, token: str, paths: Sequence[str] = PATHS) -> AsyncIterator[list[Asked]]:
    """Ask twice a second while the block runs; the list grows by each answer."""
    found: list[Asked] = []
    headers = {"authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=_LONGEST) as client:
        asker = asyncio.create_task(_ask(client, paths, found))
        try:
            yield found
        finally:
            asker.cancel()
            await asyncio.wait([asker])


async def _ask(client: httpx.AsyncClient, paths: Sequence[str], found: list[Asked]) -> None:
    async with asyncio.TaskGroup() as open_questions:
        for path in cycle(paths):
            open_questions.create_task(_one(client, path, found))
            await asyncio.sleep(_EVERY)


async def _one(client: httpx.AsyncClient, path: str, found: list[Asked]) -> None:
    at, start = time.time(), time.monotonic()
    status, code = 0, ""
    try:
        answer = await client.get(path)
        status = answer.status_code
        code = "" if answer.is_success else str(answer.json().get("code", ""))
    except (httpx.HTTPError, ValueError) as error:
        code = type(error).__name__
    found.append(Asked(at, path, status, code, time.monotonic() - start))
