"""Collects from all targets, each in its own rhythm, spread over the interval."""

import asyncio
import time
import zlib
from collections.abc import Sequence
from typing import Final

import structlog

from groundplan_telemetry.metrics.collect.target import Target
from groundplan_telemetry.metrics.storage.store import Store

log = structlog.get_logger()

TOLERANCE: Final = 20
"""Milliseconds that a collection may be late and still carry the time that was meant."""


class Collector:
    """A task for each target."""

    def __init__(self, store: Store, targets: Sequence[Target]) -> None:
        self._store = store
        self.targets = targets
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to collect."""
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(self._follow(target)) for target in self.targets]

    async def close(self) -> None:
        """End all tasks."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _follow(self, target: Target) -> None:
        length = round(target.interval * 1000)
        shift = zlib.crc32(repr(sorted(target.own.items())).encode()) % length
        # The first at once, so that nobody waits an interval.
        due = _now()
        await self._collect(target, due)
        while True:
            due = following(due, _now(), length, shift)
            await asyncio.sleep(max(0, due - _now()) / 1000)
            now = _now()
            # Times a fixed distance apart are stored as next to nothing.
            await self._collect(target, due if abs(now - due) <= TOLERANCE else now)

    async def _collect(self, target: Target, at: int) -> None:
        try:
            await target.collect(self._store, at)
        except Exception:
            log.exception("target.failed", **target.own)


def following(last: int, now: int, length: int, shift: int) -> int:
    """Return when a target is due next: on its grid, after now, and never twice.

    A clock that was set back does not silence it until the clock has caught up.
    """
    after = now if last - now > length else max(last, now)
    return (after - shift) // length * length + length + shift


def _now() -> int:
    return time.time_ns() // 1_000_000
