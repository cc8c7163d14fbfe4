"""One Redis connection for the whole process, shared by all requests at once.

Commands are written as they come and answered in order, so that parallel requests share
round trips; a command costs about 15 µs against 80 µs with redis-py. A reply later than
`timeout` breaks the connection, and for `REST` seconds after a failure Redis is not asked,
so that a dead Redis costs a request nothing.
"""

import asyncio
import ssl
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import hiredis

from groundplan_backend.errors import DependencyUnavailable
from groundplan_backend.observability.calls import Calls, kind_of
from groundplan_backend.settings import Secret
from groundplan_contracts import tls

Argument = str | bytes | int | float
SYSTEM: Final = "redis"
REST: Final = 1.0
TIMEOUT: Final = 0.05
_CONNECT_TIMEOUT: Final = 0.25
_LAST_LOOK: Final = 0.002


_NOT_NOW: Final = (
    "LOADING", "BUSY", "MASTERDOWN", "READONLY", "OOM", "MISCONF", "EXECABORT", "ERR max number",
)  # fmt: skip
"""Refusals that tell of the state of Redis, not of the command: it restarts, or is full."""


class RedisError(Exception):
    """Redis refused a command; a fault of ours."""


class Redis:
    """Runs commands; connects when first needed and again whenever the connection is lost."""

    def __init__(
        self,
        url: Secret,
        timeout: float = TIMEOUT,
        authority: Path | None = None,
        calls: Calls | None = None,
    ) -> None:
        self._url = url
        self._calls = calls or Calls()
        # Made once: reading authorities takes longer than a connection may.
        self._encryption = tls.calling(urlsplit(url.reveal()).scheme, authority)
        self._timeout = timeout
        self._link: _Link | None = None
        self._connecting: asyncio.Task[_Link] | None = None
        self._resting_until = 0.0

    async def execute(self, *command: Argument) -> Any:
        """Run one command and return its reply.

        Raises:
            DependencyUnavailable: Redis does not answer in time.
            RedisError: Redis refuses the command.
        """
        return await self._run(str(command[0]), (command,))

    async def transaction(self, *commands: Sequence[Argument]) -> list[Any]:
        """Run all commands as one (MULTI/EXEC) and return their replies."""
        replies: list[Any] = await self._run("MULTI", (("MULTI",), *commands, ("EXEC",)))
        return [_checked(reply) for reply in replies]

    async def ping(self) -> None:
        """Ask whether Redis is there."""
        await self.execute("PING")

    def close(self) -> None:
        """Close the connection."""
        if self._link is not None:
            self._link.abort("closed")

    async def _run(self, operation: str, commands: Sequence[Sequence[Argument]]) -> Any:
        """Send commands at once and return the last one's reply, with the time that it took."""
        started = time.perf_counter()
        try:
            link = self._link
            if link is None or link.lost:
                link = await self._linked()
            *_, last = [link.send(command) for command in commands]
            reply = _checked(await self._reply(link, last))
        except BaseException as error:
            failure = kind_of(error.__cause__ or error)
            self._calls.note(SYSTEM, operation, operation, started, failure)
            raise
        self._calls.note(SYSTEM, operation, operation, started)
        return reply

    async def _reply(self, link: "_Link", reply: asyncio.Future[Any]) -> Any:
        try:
            return await reply
        except ConnectionError as error:
            if link.timed_out:
                self._resting_until = time.monotonic() + REST
            raise DependencyUnavailable("the cache does not answer") from error

    async def _linked(self) -> "_Link":
        if time.monotonic() < self._resting_until:
            raise DependencyUnavailable("the cache does not answer")
        if self._connecting is None:
            self._connecting = asyncio.get_running_loop().create_task(self._connect())
        connecting = self._connecting
        try:
            return await asyncio.shield(connecting)
        except (OSError, TimeoutError, RedisError) as error:
            raise DependencyUnavailable("the cache does not answer") from error

    async def _connect(self) -> "_Link":
        try:
            async with asyncio.timeout(max(_CONNECT_TIMEOUT, self._timeout)):
                self._link = await _open(self._url.reveal(), self._timeout, self._encryption)
                return self._link
        except BaseException:
            self._resting_until = time.monotonic() + REST
            raise
        finally:
            self._connecting = None


async def _open(url: str, timeout: float, encryption: ssl.SSLContext | None) -> "_Link":
    parts = urlsplit(url)
    _, link = await asyncio.get_running_loop().create_connection(
        lambda: _Link(timeout),
        parts.hostname or "127.0.0.1",
        parts.port or 6379,
        ssl=encryption,
    )
    if parts.password:
        user = (unquote(parts.username),) if parts.username else ()
        _checked(await link.send(("AUTH", *user, unquote(parts.password))))
    if database := parts.path.strip("/"):
        _checked(await link.send(("SELECT", database)))
    return link


def _checked(reply: Any) -> Any:
    if not isinstance(reply, hiredis.ReplyError):
        return reply
    words = str(reply)
    if words.startswith(_NOT_NOW):
        raise DependencyUnavailable(f"the cache does not answer ({words.split()[0]})")
    raise RedisError(words)


class _Link(asyncio.Protocol):
    """The connection: commands out, replies to their futures in order."""

    def __init__(self, timeout: float) -> None:
        self.lost = False
        self.timed_out = False
        self._timeout = timeout
        self._reader = hiredis.Reader()
        self._pending: deque[tuple[float, asyncio.Future[Any]]] = deque()
        self._unsent: list[bytes] = []
        self._alarm: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def send(self, command: Sequence[Argument]) -> asyncio.Future[Any]:
        """Write a command; the future gets its reply or a ConnectionError."""
        reply: asyncio.Future[Any] = self._loop.create_future()
        if self.lost:
            reply.set_exception(ConnectionError("the connection is lost"))
            return reply
        now = self._loop.time()
        self._pending.append((now, reply))
        packed = hiredis.pack_command(tuple(command))  # type: ignore[arg-type]
        if not self._unsent:
            self._loop.call_soon(self._flush)
        self._unsent.append(packed)
        if self._alarm is None:
            self._alarm = self._loop.call_later(self._timeout, self._check)
        return reply

    def _flush(self) -> None:
        """Send what all requests of this turn of the loop have asked, with one system call."""
        batch, self._unsent = b"".join(self._unsent), []
        if not self.lost:
            self._transport.write(batch)

    def data_received(self, data: bytes) -> None:
        self._reader.feed(data)
        while (reply := self._reader.gets()) is not False:
            _, waiting = self._pending.popleft()
            if not waiting.done():
                waiting.set_result(reply)

    def connection_lost(self, exc: Exception | None) -> None:
        self.abort("the connection was lost")

    def abort(self, reason: str) -> None:
        """Close the connection and tell all who wait."""
        self.lost = True
        if self._alarm is not None:
            self._alarm.cancel()
        if self._transport is not None:
            self._transport.abort()
        while self._pending:
            _, waiting = self._pending.popleft()
            if not waiting.done():
                waiting.set_exception(ConnectionError(reason))

    def _check(self) -> None:
        """Break the connection when its oldest command has waited too long.

        Timers run before sockets are read: after a pause of this process the reply may be
        there already, so the last word is spoken one look at the socket later.
        """
        self._alarm = None
        if not self._pending:
            return
        sent_at, oldest = self._pending[0]
        left = sent_at + self._timeout - self._loop.time()
        if left > 0:
            self._alarm = self._loop.call_later(left, self._check)
        else:
            self._alarm = self._loop.call_later(_LAST_LOOK, self._give_up, oldest)

    def _give_up(self, overdue: asyncio.Future[Any]) -> None:
        self._alarm = None
        if overdue.done():
            self._check()
        else:
            self.timed_out = True
            self.abort("no reply in time")
