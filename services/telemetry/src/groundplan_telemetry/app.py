"""The RSGI application: wiring, the key, health, and which room answers what."""

import asyncio
import contextlib
import hmac
from collections.abc import Sequence
from typing import Final

import structlog

from groundplan_telemetry import health, ledger, settings
from groundplan_telemetry.http import request
from groundplan_telemetry.http.reply import Refused, Reply, refusal
from groundplan_telemetry.http.request import Request
from groundplan_telemetry.http.routing import Found, Route, Router
from groundplan_telemetry.intake import room as intake
from groundplan_telemetry.metrics import room as metrics
from groundplan_telemetry.room import Room
from groundplan_telemetry.rsgi import Exchange, Scope
from groundplan_telemetry.settings import Settings
from groundplan_telemetry.state import State

BEARER: Final = "Bearer "

log = structlog.get_logger()


class Application:
    """Everything that answers requests; made inside a running event loop."""

    def __init__(self, given: Settings) -> None:
        """Open the store.

        Raises:
            SettingError: the key cannot be read.
            OSError: the folder cannot be used.
        """
        self._key = str(settings.secret(given.key_file)).encode()
        sending = given.send_key_file
        self._send_key = str(settings.secret(sending)).encode() if sending else self._key
        self._state = State(given)
        self._rooms: Sequence[Room] = (intake.make(self._state), metrics.make(self._state))
        known = [route for room in self._rooms for route in room.routes()]
        self._router = Router([*known, *health.routes(self._state, self._rooms)])
        self._keeper: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin what runs in the background."""
        for room in self._rooms:
            await room.start()
        self._keeper = asyncio.get_running_loop().create_task(self._keep_books())

    async def close(self) -> None:
        """End what runs in the background; what is in memory goes to the disk."""
        if self._keeper is not None:
            self._keeper.cancel()
        for room in self._rooms:
            await room.close()
        self._state.close()

    async def __rsgi__(self, scope: Scope, exchange: Exchange) -> None:
        """Answer one request."""
        try:
            reply = await self._answer(scope, exchange)
        except Refused as refused:
            reply = refusal(refused, scope.path)
        except Exception:
            log.exception("request.failed", path=scope.path)
            failed = Refused(500, "internal_error", "The store failed; its log says why.")
            reply = refusal(failed, scope.path)
        exchange.response_bytes(reply.status, reply.all_headers, reply.body)

    async def _answer(self, scope: Scope, exchange: Exchange) -> Reply:
        found = self._admit(scope)
        headers = scope.headers
        body = await request.read(exchange, headers) if scope.method == "POST" else b""
        query = request.parameters(scope.query_string, headers, body)
        asked = Request(scope.method, scope.path, query, headers, body, found.parts)
        return await found.route.handler(asked)

    def _admit(self, scope: Scope) -> Found:
        found = self._router.find(scope.method, scope.path)
        if not found.route.is_open and not self._may_ask(scope, found.route):
            raise Refused(401, "unauthenticated", "The key of the store is missing or another.")
        return found

    def _may_ask(self, scope: Scope, route: Route) -> bool:
        said = scope.headers.get("authorization", "")
        given = said.removeprefix(BEARER).encode() if said.startswith(BEARER) else b""
        sends = route.takes_in and hmac.compare_digest(given, self._send_key)
        return sends or hmac.compare_digest(given, self._key)

    async def _keep_books(self) -> None:
        while True:
            with contextlib.suppress(OSError):
                self._state.ledger.keep()
            await asyncio.sleep(ledger.EVERY)
