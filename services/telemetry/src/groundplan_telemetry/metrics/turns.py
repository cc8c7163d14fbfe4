"""Turns: a few questions are evaluated at once, some wait, and the others are told so at once.

Questions share one interpreter with what takes signals in: more of them at a time would make
each slower, and none sooner.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

from groundplan_telemetry.metrics.promql.failure import QueryError

Apart = Callable[..., Awaitable[Any]]
"""Runs slow work on a thread."""

AT_ONCE: Final = 2
MOST_WAITING: Final = 64
BUSY: Final = f"{MOST_WAITING} questions wait for an answer already; ask again later"
LATE: Final = "query timed out in query queue"


class Turns:
    """Lets questions wait for their turn."""

    def __init__(self, apart: Apart, most_waiting: int = MOST_WAITING) -> None:
        self._apart = apart
        self._most_waiting = most_waiting
        self._free = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def ask(self, longest: float, work: Callable[..., Any], *given: Any) -> Any:
        """Return what work returns; its last argument is the seconds that are left to it.

        Raises:
            QueryError: too many wait, or its turn does not come in time.
        """
        if self._waiting >= self._most_waiting:
            raise QueryError(BUSY, "unavailable")
        until = time.monotonic() + longest
        self._waiting += 1
        try:
            async with asyncio.timeout(longest):
                await self._free.acquire()
        except TimeoutError:
            raise QueryError(LATE, "timeout") from None
        finally:
            self._waiting -= 1
        try:
            return await self._apart(work, *given, until - time.monotonic())
        finally:
            self._free.release()
