"""The outermost ASGI application: ids, deadline, hang-ups, access log and metrics of a request."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from groundplan_backend.errors import DependencyUnavailable
from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange, Receive, Scope, Send
from groundplan_backend.http.watch import HUNG_UP, Watch
from groundplan_backend.observability.log import AccessLine, AccessLog
from groundplan_backend.observability.metrics import Metrics
from groundplan_backend.settings import Settings

_CLIENT_CLOSED_REQUEST = 499


class Edge:
    """Wraps the Litestar application; every request passes here first and last."""

    def __init__(
        self,
        application: Any,
        settings: Settings,
        metrics: Metrics,
        access_log: AccessLog,
        on_refusal: Callable[[Exchange], None] | None = None,
    ) -> None:
        self._application = application
        self._deadline = settings.request_timeout_ms / 1000
        self._component = settings.component
        self._replica = settings.replica
        self._metrics = metrics
        self._log = access_log
        self._on_refusal = on_refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request and account for it."""
        exchange = scope["exchange"] = Exchange(scope, receive)
        watch = Watch(exchange, receive, self._deadline)
        try:
            await self._application(scope, receive, send)
        except asyncio.CancelledError:
            if watch.verdict is None:
                raise
            await self._ended(exchange, watch.verdict, send)
        finally:
            watch.stop()
            self._account(exchange)

    async def _ended(self, exchange: Exchange, verdict: str, send: Send) -> None:
        task = asyncio.current_task()
        assert task is not None
        task.uncancel()
        if verdict == HUNG_UP:
            exchange.status = _CLIENT_CLOSED_REQUEST
        elif not exchange.status:
            error = DependencyUnavailable("the request's time is up")
            await reply.refusal(error, exchange)(exchange.scope, None, send)

    def _account(self, exchange: Exchange) -> None:
        scope = exchange.scope
        now = time.perf_counter()
        seconds = now - exchange.started
        route = scope.get("path_template", "")
        to_answer = (exchange.answered or now) - exchange.started
        self._metrics.observe(scope["method"], route, exchange.status, to_answer)
        caller = exchange.caller
        if exchange.refused and self._on_refusal is not None:
            self._on_refusal(exchange)
        self._log.write(
            AccessLine(
                time=time.time(),
                method=scope["method"],
                path=scope["path"],
                route=route,
                status=exchange.status,
                duration_ms=round(seconds * 1000, 3),
                sent=exchange.sent,
                request_id=exchange.request_id.decode("latin-1"),
                trace_id=exchange.trace_id,
                subject=caller.subject if caller else "",
                component=self._component,
                replica=self._replica,
            )
        )
