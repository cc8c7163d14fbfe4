import asyncio
import json
import os
from collections.abc import Iterator
from typing import Any

import pytest

from groundplan_backend import settings
from groundplan_backend.http import reply
from groundplan_backend.http.edge import Edge
from groundplan_backend.observability.log import AccessLog
from groundplan_backend.observability.metrics import Metrics
from groundplan_contracts.tracing.recorder import Recorder
from groundplan_contracts.tracing.settings import Tracing
from groundplan_contracts.tracing.span import Kind, Span
from groundplan_contracts.tracing.trace import caller, current

_TRACE = "0af7651916cd43dd8448eb211c80319c"
_CALLER = "b7ad6b7169203331"
_SAMPLED = f"00-{_TRACE}-{_CALLER}-01".encode()
_UNSAMPLED = f"00-{_TRACE}-{_CALLER}-00".encode()
_SETTINGS = {
    "DATABASE_URL": "x",
    "REDIS_URL": "x",
    "GATEWAY_KEY": "x",
    "KEY_ENCRYPTION_KEY": "x",
    "REQUEST_TIMEOUT_MS": "150",
}


class _Log:
    """An access log that is read back."""

    def __init__(self) -> None:
        self._reading, self._writing = os.pipe()
        self.log = AccessLog(self._writing)

    def lines(self) -> list[dict[str, Any]]:
        """Return what was written."""
        self.log.flush()
        return [json.loads(line) for line in os.read(self._reading, 65536).splitlines()]

    def close(self) -> None:
        """Close both ends."""
        os.close(self._reading)
        os.close(self._writing)


@pytest.fixture
def access() -> Iterator[_Log]:
    """A log of its own for a test."""
    log = _Log()
    yield log
    log.close()


class _Kept(Recorder):
    """Keeps spans, and sends none."""

    def __init__(self, slow: float = 1.0) -> None:
        super().__init__(Tracing(endpoint="http://127.0.0.1:1", slow=slow))
        self.spans: list[Span] = []

    def keep(self, span: Span) -> None:
        """Keep a span."""
        self.spans.append(span)


async def _ask(
    application: Any,
    access: _Log,
    disconnect: bool = False,
    recorder: Recorder | None = None,
    traceparent: bytes = b"",
) -> list[Any]:
    sent: list[Any] = []

    async def receive() -> Any:
        if not disconnect:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    recorder = recorder or Recorder(Tracing())
    edge = Edge(application, settings.load(_SETTINGS), Metrics(), access.log, recorder)
    headers = [(b"traceparent", traceparent)] if traceparent else []
    scope = {"type": "http", "method": "GET", "path": "/x", "headers": headers}
    scope["path_template"] = "/r"
    await edge(scope, receive, send)
    return sent


async def test_every_request_has_a_line(access: _Log) -> None:
    """With route, status, size and the id that the client got."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await reply.json({"a": 1})(scope, receive, send)

    start, _ = await _ask(application, access)
    (line,) = access.lines()
    assert ("/r", 200, 7) == (line["route"], line["status"], line["sent"])
    assert line["request_id"].encode() == dict(start["headers"])[b"x-request-id"]


async def test_a_request_that_takes_too_long_is_a_503(access: _Log) -> None:
    """The handler is cancelled and the client told when to come back."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.Event().wait()

    start, body = await _ask(application, access)
    assert (503, b"1") == (start["status"], dict(start["headers"])[b"retry-after"])
    assert b"dependency_unavailable" in body["body"]


async def test_a_client_that_is_gone_is_sent_nothing(access: _Log) -> None:
    """Its request is logged with 499."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.Event().wait()

    assert [] == await _ask(application, access, disconnect=True)
    assert [499] == [line["status"] for line in access.lines()]


async def test_the_end_of_the_process_is_not_swallowed(access: _Log) -> None:
    """A cancellation that is not ours goes on."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.Event().wait()

    task = asyncio.create_task(_ask(application, access))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_sampled_request_is_a_span_that_holds_its_work(access: _Log) -> None:
    """The handler finds the trace; its line in the log names trace and span."""
    recorder = _Kept()

    async def application(scope: Any, receive: Any, send: Any) -> None:
        trace = current.get()
        assert trace is not None
        trace.call("GET", Kind.CLIENT, 0.0, {"db.system.name": "redis"})
        await reply.json({})(scope, receive, send)

    await _ask(application, access, recorder=recorder, traceparent=_SAMPLED)
    work, own = recorder.spans
    assert (_TRACE, _CALLER, "GET /r") == (own.trace_id, own.parent_id, own.name)
    assert (own.span_id, _TRACE) == (work.parent_id, work.trace_id)
    assert {
        "http.request.method": "GET",
        "http.route": "/r",
        "http.response.status_code": 200,
    } == own.attributes
    (line,) = access.lines()
    assert (_TRACE, own.span_id) == (line["trace_id"], line["span_id"])
    assert (None, None) == (current.get(), caller.get())


async def test_a_request_that_is_not_sampled_leaves_its_line_alone(access: _Log) -> None:
    """No span, but the trace's id in the log."""
    recorder = _Kept()

    async def application(scope: Any, receive: Any, send: Any) -> None:
        assert current.get() is None
        await reply.json({})(scope, receive, send)

    await _ask(application, access, recorder=recorder, traceparent=_UNSAMPLED)
    assert [] == recorder.spans
    assert [(_TRACE, "")] == [(line["trace_id"], line["span_id"]) for line in access.lines()]


async def test_what_fails_is_kept_all_the_same(access: _Log) -> None:
    """A 503 of a request that was not sampled leaves its span, and says why."""
    recorder = _Kept()

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.Event().wait()

    await _ask(application, access, recorder=recorder, traceparent=_UNSAMPLED)
    (own,) = recorder.spans
    assert (_TRACE, _CALLER) == (own.trace_id, own.parent_id)
    assert "error" == own.attributes["sampling.reason"]
    assert "dependency_unavailable" == own.error


async def test_what_is_slow_is_kept_all_the_same(access: _Log) -> None:
    """So is a slow one, though nothing sent it on its way with a trace."""
    recorder = _Kept(slow=0.01)

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(0.02)
        await reply.json({})(scope, receive, send)

    await _ask(application, access, recorder=recorder)
    (own,) = recorder.spans
    assert ("slow", "", "") == (own.attributes["sampling.reason"], own.parent_id, own.error)
