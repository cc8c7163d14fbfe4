"""Work that repeats beside the requests and survives every failure of a dependency."""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

import structlog

from groundplan_backend.errors import BackendError

_FIRST_RETRY: Final = 0.2
_LAST_RETRY: Final = 5.0

_log: Final = structlog.get_logger("backend.background")


@dataclass(frozen=True, slots=True)
class Job:
    """What to do, and every how many seconds; `every` None is once, when it has succeeded."""

    name: str
    work: Callable[[], Awaitable[Any]]
    every: float | None = None


class Background:
    """Runs jobs from start to stop."""

    def __init__(self, jobs: list[Job]) -> None:
        self._jobs = jobs
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin all jobs; none is waited for."""
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(_repeat(job), name=job.name) for job in self._jobs]

    async def stop(self) -> None:
        """End all jobs."""
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def _repeat(job: Job) -> None:
    wait = _FIRST_RETRY
    while True:
        try:
            await job.work()
        except Exception as error:
            detail = error.detail if isinstance(error, BackendError) else repr(error)
            _log.warning("job failed", job=job.name, error=detail, retry_in=round(wait, 1))
            await asyncio.sleep(wait * random.uniform(0.8, 1.2))  # noqa: S311
            wait = min(wait * 2, _LAST_RETRY)
            continue
        if job.every is None:
            return
        wait = _FIRST_RETRY
        await asyncio.sleep(job.every * random.uniform(0.9, 1.1))  # noqa: S311
