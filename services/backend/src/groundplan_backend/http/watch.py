"""Ends requests that nobody waits for: the client hung up, or the deadline has passed.

A fast request pays for one timer. Only what still runs after `PATIENCE` is watched: then the
connection is read for its end, and the handler is cancelled with everything it waits for;
asyncpg passes a cancellation on to PostgreSQL. Of a stream, every piece that passes gives it
the whole time again.
"""

import asyncio
from typing import Final

from groundplan_backend.http.exchange import Exchange, Receive

PATIENCE: Final = 0.1
HUNG_UP: Final = "hung up"
TOO_LATE: Final = "too late"


class Watch:
    """Watches one request; `verdict` says why it was ended, if it was."""

    __slots__ = (
        "_deadline",
        "_exchange",
        "_left",
        "_listener",
        "_receive",
        "_task",
        "_timer",
        "verdict",
    )

    def __init__(self, exchange: Exchange, receive: Receive, deadline: float) -> None:
        self.verdict: str | None = None
        self._exchange = exchange
        self._receive = receive
        self._deadline = self._left = deadline
        self._task = asyncio.current_task()
        self._listener: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(PATIENCE, self._look)

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        self._left = self._deadline if self._exchange.moved else self._left - PATIENCE
        self._exchange.moved = False
        if self._left <= 0:
            self._end(TOO_LATE)
            return
        if self._listener is None and self._exchange.body_read:
            self._listener = loop.create_task(self._listen())
        self._timer = loop.call_later(PATIENCE, self._look)

    async def _listen(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._end(HUNG_UP)

    def _end(self, verdict: str) -> None:
        self.verdict = verdict
        if self._task is not None:
            self._task.cancel()

    def stop(self) -> None:
        """The request is answered: watch no more."""
        self._timer.cancel()
        if self._listener is not None:
            self._listener.cancel()
