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


async def _ask(application: Any, access: _Log, disconnect: bool = False) -> list[Any]:
    sent: list[Any] = []

    async def receive() -> Any:
        if not disconnect:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    edge = Edge(application, settings.load(_SETTINGS), Metrics(), access.log)
    scope = {"type": "http", "method": "GET", "path": "/x", "headers": [], "path_template": "/r"}
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
