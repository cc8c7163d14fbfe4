"""One request and its answer, as handlers see them: raw headers, body, caller, outcome.

The edge makes an exchange per request and puts it in the ASGI scope; nothing is parsed
before somebody asks for it.
"""

import re
import secrets
import time
from collections.abc import AsyncIterator
from typing import Any, Final

from groundplan_backend.errors import InvalidRequest, PayloadTooLarge
from groundplan_backend.http.caller import Caller
from groundplan_contracts.tracing.trace import Trace

BODY_LIMIT: Final = 1_048_576
_REQUEST_ID: Final = re.compile(rb"[A-Za-z0-9_-]{8,64}")

Scope = Any
Receive = Any
Send = Any


class Exchange:
    """What is known of one request, and what became of it."""

    __slots__ = (
        "_receive",
        "answered",
        "body_read",
        "caller",
        "headers",
        "moved",
        "refused",
        "request_id",
        "scope",
        "sent",
        "started",
        "status",
        "trace",
    )

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.scope = scope
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        self.started = time.perf_counter()
        self.answered = 0.0
        """When a stream began; metrics count the time to it, for a stream may last."""
        self.status = 0
        self.sent = 0
        self.caller: Caller | None = None
        self.refused = ""
        """The code of the problem that the request ended in."""
        self.moved = False
        """Whether a piece of a stream has passed since the watch last looked."""
        self.trace: Trace | None = None
        """The trace of a request that is sampled."""
        self.body_read = scope["method"] in ("GET", "HEAD", "DELETE", "OPTIONS")
        self._receive = receive
        request_id = self.headers.get(b"x-request-id", b"")
        if _REQUEST_ID.fullmatch(request_id) is None:
            request_id = secrets.token_hex(16).encode()
        self.request_id = request_id

    @property
    def trace_id(self) -> str:
        """The trace id of a W3C `traceparent`, empty when there is none."""
        parts = self.headers.get(b"traceparent", b"").split(b"-")
        return parts[1].decode("latin-1") if len(parts) == 4 and len(parts[1]) == 32 else ""

    @property
    def address(self) -> str:
        """The client's address as the gateway saw it; one proxy (nginx) stands before it."""
        hops = self.headers.get(b"x-forwarded-for", b"").decode("latin-1").split(",")
        seen = hops[-2] if len(hops) > 1 else hops[-1]
        return seen.strip()[:64] or str((self.scope.get("client") or [""])[0])

    @property
    def agent(self) -> str:
        """The client's user agent, shortened."""
        return self.headers.get(b"user-agent", b"").decode("latin-1")[:256]

    @property
    def wants_fresh(self) -> bool:
        """Whether the client refuses cached answers (`Cache-Control: no-cache`)."""
        value = self.headers.get(b"cache-control")
        return value is not None and b"no-cache" in value

    def signed_in(self) -> Caller:
        """Return the caller of a route that has a role; the guard has set it."""
        assert self.caller is not None
        return self.caller

    async def body(self) -> bytes:
        """Read the whole body.

        Raises:
            InvalidRequest: the client hung up in the middle.
            PayloadTooLarge: it has more than `BODY_LIMIT` bytes.
        """
        if int(self.headers.get(b"content-length", b"0") or b"0") > BODY_LIMIT:
            raise PayloadTooLarge(f"the body may have {BODY_LIMIT} bytes")
        parts: list[bytes] = []
        size, more = 0, True
        while more:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise InvalidRequest("the body ended early")
            part = message.get("body", b"")
            more = message.get("more_body", False)
            size += len(part)
            if size > BODY_LIMIT:
                raise PayloadTooLarge(f"the body may have {BODY_LIMIT} bytes")
            parts.append(part)
        self.body_read = True
        return b"".join(parts)

    async def drain(self, most: int) -> None:
        """Read what is left of the body, up to `most` bytes, and forget it.

        A client that is still sending reads no answer; one that hangs up needs none.
        """
        try:
            async for _ in self.pieces(most):
                pass
        except (InvalidRequest, PayloadTooLarge):
            return

    async def pieces(self, limit: int) -> AsyncIterator[bytes]:
        """Yield the body as it comes.

        Raises:
            InvalidRequest: the client hung up in the middle.
            PayloadTooLarge: it has more than `limit` bytes; what came of them was yielded.
        """
        size, more = 0, not self.body_read
        while more:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise InvalidRequest("the body ended early")
            piece = message.get("body", b"")
            more = message.get("more_body", False)
            size += len(piece)
            self.moved = True
            if size > limit:
                raise PayloadTooLarge(f"the body may have {limit} bytes")
            if piece:
                yield piece
        self.body_read = True
