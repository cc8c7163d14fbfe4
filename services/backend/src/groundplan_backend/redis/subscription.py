"""A subscription to one Redis channel that heals itself.

What is published while the connection is away is not seen: whoever subscribes is told after
every connect, and asks the database what was missed.
"""

import asyncio
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import hiredis

from groundplan_backend.settings import Secret
from groundplan_contracts import tls

_CONNECT_TIMEOUT: Final = 1.0
_QUIET: Final = 10.0
"""Seconds without a word after which the connection must answer a ping."""
_CHUNK: Final = 65_536


class SubscriptionLost(Exception):  # noqa: N818 - it says what happened
    """The connection ended, was refused, or went silent."""


class Subscription:
    """Calls `told` after every connect and for every message of `channel`."""

    def __init__(
        self, url: Secret, channel: str, told: Callable[[], None], authority: Path | None = None
    ) -> None:
        self._url = url
        self._channel = channel
        self._told = told
        self._encryption = tls.calling(urlsplit(url.reveal()).scheme, authority)

    async def run(self) -> None:
        """Subscribe and listen.

        Raises:
            SubscriptionLost: the connection has ended; call again.
        """
        try:
            async with asyncio.timeout(_CONNECT_TIMEOUT):
                reader, writer = await _open(self._url.reveal(), self._encryption)
        except OSError as error:
            raise SubscriptionLost(str(error)) from error
        try:
            await self._listen(reader, writer)
        except (OSError, asyncio.IncompleteReadError) as error:
            raise SubscriptionLost(str(error)) from error
        finally:
            writer.transport.abort()

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(_greeting(self._url.reveal(), self._channel))
        replies, pinged = hiredis.Reader(), False
        while True:
            try:
                async with asyncio.timeout(_QUIET):
                    chunk = await reader.read(_CHUNK)
            except TimeoutError:
                if pinged:
                    raise SubscriptionLost("Redis went silent") from None
                writer.write(_packed("PING"))
                pinged = True
                continue
            if not chunk:
                raise SubscriptionLost("Redis closed the connection")
            pinged = False
            replies.feed(chunk)
            self._hear(replies)

    def _hear(self, replies: hiredis.Reader) -> None:
        while (reply := replies.gets()) is not False:
            if isinstance(reply, hiredis.ReplyError):
                raise SubscriptionLost(str(reply))
            if isinstance(reply, list) and reply[0] in (b"subscribe", b"message"):
                self._told()


async def _open(
    url: str, encryption: ssl.SSLContext | None
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = urlsplit(url)
    return await asyncio.open_connection(
        parts.hostname or "127.0.0.1", parts.port or 6379, ssl=encryption
    )


def _greeting(url: str, channel: str) -> bytes:
    parts = urlsplit(url)
    subscribe = _packed("SUBSCRIBE", channel)
    if not parts.password:
        return subscribe
    user = (unquote(parts.username),) if parts.username else ()
    return _packed("AUTH", *user, unquote(parts.password)) + subscribe


def _packed(*words: str) -> bytes:
    packed: Any = hiredis.pack_command(words)  # type: ignore[arg-type]
    return bytes(packed)
