"""One connection to Redis: commands out, replies in, in order, by callback.

A client of its own because a check costs less here than in a general one; hiredis packs and
parses. Whoever opens it owns it and closes it.
"""

import asyncio
import ssl
from collections import deque
from collections.abc import Callable
from typing import Any, Final, TypeAlias, cast
from urllib.parse import unquote, urlsplit

import hiredis

Reply: TypeAlias = Any
OnReply: TypeAlias = Callable[[Reply], None]
DEFAULT_PORT: Final = 6379


class Connection(asyncio.Protocol):
    """Sends commands and hands each reply, or the error in its place, to its callback."""

    def __init__(self, on_lost: Callable[[], None]) -> None:
        self._on_lost = on_lost
        self._reader = hiredis.Reader()
        self._awaited: deque[OnReply] = deque()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way out."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Hand on every whole reply."""
        try:
            self._reader.feed(data)
            while (reply := self._reader.gets()) is not False:
                self._awaited.popleft()(reply)
        except (hiredis.ProtocolError, IndexError):
            self.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the owner; replies that are still awaited never come."""
        self._transport = None
        self._awaited.clear()
        self._on_lost()

    def send(self, command: tuple[str | int, ...], on_reply: OnReply) -> None:
        """Send one command.

        Raises:
            ConnectionError: the connection is closed.
        """
        if self._transport is None:
            raise ConnectionError("the connection to Redis is closed")
        self._awaited.append(on_reply)
        self._transport.write(hiredis.pack_command(command))  # type: ignore[arg-type] # stubs say 1-tuple

    async def ask(self, *command: str | int) -> Reply:
        """Send one command and wait for its reply.

        Raises:
            ConnectionError: the connection is closed.
            hiredis.ReplyError: Redis refuses.
        """
        reply: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self.send(command, lambda it: None if reply.done() else reply.set_result(it))
        answer = await reply
        if isinstance(answer, hiredis.ReplyError):
            raise answer
        return answer

    def close(self) -> None:
        """Cut the connection now; replies that are still awaited never come."""
        self._awaited.clear()
        if self._transport is not None:
            self._transport.abort()


async def connect(
    url: str, on_lost: Callable[[], None], encryption: ssl.SSLContext | None = None
) -> Connection:
    """Open a connection to redis://[user][:password]@host[:port][/database] and sign in.

    Args:
        url: where Redis is; `rediss://` where it must be encrypted.
        on_lost: is called when the connection ends.
        encryption: how to encrypt, and whom to believe.

    Raises:
        OSError: nobody answers, or not who was called.
        hiredis.ReplyError: Redis refuses.
    """
    parts = urlsplit(url)
    loop = asyncio.get_running_loop()
    _, connection = await loop.create_connection(
        lambda: Connection(on_lost),
        parts.hostname or "127.0.0.1",
        parts.port or DEFAULT_PORT,
        ssl=encryption,
    )
    try:
        if parts.password:
            user = (unquote(parts.username),) if parts.username else ()
            await connection.ask("AUTH", *user, unquote(parts.password))
        await connection.ask("SELECT", parts.path.strip("/") or "0")
    except BaseException:
        connection.close()
        raise
    return connection
