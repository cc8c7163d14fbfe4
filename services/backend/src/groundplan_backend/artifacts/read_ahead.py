"""Brings what the event loop reads to a thread that works on it, the next while it works."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import Future
from typing import Final

_AT_ONCE: Final = 8
"""Pieces a turn: passing from the loop to the thread costs more than a piece does."""


class ReadAhead:
    """Pulls pieces; used by one thread, which is not the loop's."""

    def __init__(self, pieces: AsyncIterator[bytes], loop: asyncio.AbstractEventLoop) -> None:
        self._pieces = pieces
        self._loop = loop
        self._held: list[bytes] = []
        self._coming = self._ask()

    def pull(self) -> bytes:
        """Return the next piece; none at the end."""
        if not self._held:
            self._held = self._coming.result()
            if not self._held:
                return b""
            self._held.reverse()
            self._coming = self._ask()
        return self._held.pop()

    def _ask(self) -> Future[list[bytes]]:
        return asyncio.run_coroutine_threadsafe(self._some(), self._loop)

    async def _some(self) -> list[bytes]:
        found: list[bytes] = []
        async for piece in self._pieces:
            if piece:
                found.append(piece)
            if len(found) == _AT_ONCE:
                break
        return found
