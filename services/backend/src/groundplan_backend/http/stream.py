"""Answers that are sent piece by piece, as fast as the client takes them."""

import time
from collections.abc import AsyncIterator, Iterable

from groundplan_backend.http.exchange import Exchange, Receive, Scope, Send
from groundplan_backend.http.reply import Header, Reply


class Stream(Reply):
    """A status, headers and pieces; an error on the way cuts the connection.

    `Content-Length` belongs among the headers where the length is known, so that a client can
    tell a cut answer from a whole one.
    """

    __slots__ = ("_pieces",)

    def __init__(
        self, status: int, headers: Iterable[Header], pieces: AsyncIterator[bytes]
    ) -> None:
        super().__init__(status, headers, b"")
        self._pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer and note its outcome in the exchange."""
        exchange: Exchange = scope["exchange"]
        exchange.status, exchange.answered = self.status, time.perf_counter()
        headers = [*self.headers, (b"x-request-id", exchange.request_id)]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        async for piece in self._pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            exchange.sent += len(piece)
            exchange.moved = True
        await send({"type": "http.response.body", "body": b"", "more_body": False})
