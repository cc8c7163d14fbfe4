"""Watches replicas that have just changed, by their probes and by the errors that Envoy counts."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from groundplan.errors import NotReadyError
from groundplan.runner.replica import Replica
from groundplan.runner.state import State

Count = Callable[[Replica], Awaitable[tuple[int, int]]]
"""Returns how many requests to a replica have ended, and how many of them badly."""
POLL: Final = 0.2
LEAST_ERRORS: Final = 3
"""Fewer than these are an accident."""
MOST_PART: Final = 0.05
"""Of the requests since the watch began: more may not fail."""


class Watch:
    """Remembers where the counters stood when it began."""

    def __init__(self, replicas: Sequence[Replica], count: Count) -> None:
        self._replicas = replicas
        self._count = count
        self._before: dict[str, tuple[int, int]] = {}
        self._restarts = {each.name: each.restarts for each in replicas}

    async def begin(self) -> None:
        """Read the counters."""
        for replica in self._replicas:
            self._before[replica.name] = await self._count(replica)

    async def hold(self, seconds: float) -> None:
        """Watch for some seconds.

        Raises:
            NotReadyError: a replica is not well, or answers too often with errors.
        """
        deadline = time.monotonic() + seconds
        while True:
            for replica in self._replicas:
                if reason := await self._fault(replica):
                    raise NotReadyError(f"{replica.name}: {reason}")
            if time.monotonic() >= deadline:
                return
            await asyncio.sleep(POLL)

    async def _fault(self, replica: Replica) -> str:
        if replica.restarts > self._restarts[replica.name] or replica.state is not State.READY:
            return replica.detail or str(replica.state)
        ended, errors = await self._since(replica)
        if errors >= LEAST_ERRORS and errors > MOST_PART * ended:
            return f"{errors} of {ended} requests failed"
        return ""

    async def _since(self, replica: Replica) -> tuple[int, int]:
        """Return what was counted since the beginning; an Envoy that is new counts from nought."""
        ended, errors = await self._count(replica)
        known_ended, known_errors = self._before[replica.name]
        if ended < known_ended or errors < known_errors:
            self._before[replica.name] = known_ended, known_errors = 0, 0
        return ended - known_ended, errors - known_errors
