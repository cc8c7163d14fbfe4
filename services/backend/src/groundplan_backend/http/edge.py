"""The outermost ASGI application: ids, deadline, hang-ups, access log and metrics of a request."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from groundplan_backend.errors import DependencyUnavailable
from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange, Receive, Scope, Send
from groundplan_backend.http.watch import HUNG_UP, Watch
from groundplan_backend.observability.log import AccessLine, AccessLog, level_of
from groundplan_backend.observability.metrics import Metrics
from groundplan_backend.settings import Settings
from groundplan_contracts.tracing.recorder import Recorder
from groundplan_contracts.tracing.span import REASON, Kind
from groundplan_contracts.tracing.trace import Trace, caller, current

_CLIENT_CLOSED_REQUEST = 499
_FAILED = 500


class Edge:
    """Wraps the Litestar application; every request passes here first and last."""

    def __init__(
        self,
        application: Any,
        settings: Settings,
        metrics: Metrics,
        access_log: AccessLog,
        recorder: Recorder,
        on_refusal: Callable[[Exchange], None] | None = None,
    ) -> None:
        self._application = application
        self._deadline = settings.request_timeout_ms / 1000
        self._component = settings.component
        self._replica = settings.replica
        self._metrics = metrics
        self._log = access_log
        self._recorder = recorder
        self._on_refusal = on_refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request and account for it."""
        exchange = scope["exchange"] = Exchange(scope, receive)
        header = exchange.headers.get(b"traceparent")
        trace = exchange.trace = self._recorder.begin(header)
        called = caller.set(header)
        traced = current.set(trace) if trace is not None else None
        watch = Watch(exchange, receive, self._deadline)
        self._metrics.active += 1
        try:
            await self._application(scope, receive, send)
        except asyncio.CancelledError:
            if watch.verdict is None:
                raise
            await self._ended(exchange, watch.verdict, send)
        finally:
            self._metrics.active -= 1
            watch.stop()
            caller.reset(called)
            if traced is not None:
                current.reset(traced)
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
        trace = self._traced(exchange, to_answer)
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
                trace_id=trace.trace_id if trace else exchange.trace_id,
                span_id=trace.span_id if trace else "",
                subject=caller.subject if caller else "",
                component=self._component,
                replica=self._replica,
                level=level_of(scope["path"], exchange.status),
            )
        )

    def _traced(self, exchange: Exchange, seconds: float) -> Trace | None:
        """Keep the span of a request that is sampled, or that failed or was slow all the same."""
        trace, reason = exchange.trace, ""
        if trace is None:
            if exchange.status < _FAILED and seconds < self._recorder.slow:
                return None
            reason = "error" if exchange.status >= _FAILED else "slow"
            trace = self._recorder.late(exchange.headers.get(b"traceparent"))
            if trace is None:
                return None
        _end(trace, exchange, reason)
        return trace


def _end(trace: Trace, exchange: Exchange, reason: str) -> None:
    method, route = exchange.scope["method"], exchange.scope.get("path_template", "")
    attributes: dict[str, str | int | float | bool] = {
        "http.request.method": method,
        "http.route": route,
        "http.response.status_code": exchange.status,
    }
    if reason:
        attributes[REASON] = reason
    failed = exchange.status >= _FAILED
    error = (exchange.refused or str(exchange.status)) if failed else ""
    name = f"{method} {route}" if route else str(method)
    trace.end(name, Kind.SERVER, exchange.started, attributes, error)
