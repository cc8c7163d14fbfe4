"""Followers of one stack's event stream, and somebody who makes events happen.

A follower keeps only the moment at which it first saw each event, so that a thousand of them
cost little. They come from several addresses of this machine, as people do.
"""

import asyncio
import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlparse

import httpx

from bench.stack import BenchError

EVENTS: Final = "/api/v1/delivery/events"
RELEASES: Final = "/api/v1/delivery/releases"
_ADDRESSES: Final = 8
_AT_ONCE: Final = 50
"""Connections that are being opened at the same time."""
_PATIENCE: Final = 15.0
_LONGEST: Final = 1 << 14


@dataclass(slots=True)
class Follower(asyncio.Protocol):
    """One open stream; `seen` holds when each version came, on the monotonic clock."""

    request: bytes
    versions: Sequence[bytes]
    seen: dict[bytes, float] = field(default_factory=dict)
    status: int = 0
    is_open: bool = True
    _tail: bytes = b""
    opened: asyncio.Event = field(default_factory=asyncio.Event)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        assert isinstance(transport, asyncio.Transport)
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """Note what came; a version may come in two pieces."""
        now = time.monotonic()
        text = self._tail + data
        if not self.status:
            self.status = int(text.split(b" ", 2)[1])
            self.opened.set()
        for version in self.versions[len(self.seen) :]:
            if version not in text:
                break
            self.seen[version] = now
        self._tail = text[-_LONGEST:] if len(self.seen) < len(self.versions) else b""

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that the stream has ended."""
        self.is_open = False
        self.opened.set()


async def follow(
    url: str, tokens: Sequence[str], count: int, versions: Sequence[str]
) -> list[tuple[asyncio.BaseTransport, Follower]]:
    """Open so many streams, shared out among the sessions, and wait until all have begun.

    Raises:
        BenchError: one was refused.
    """
    address = urlparse(url)
    host, port = str(address.hostname), address.port or 80
    head = f"GET {EVENTS} HTTP/1.1\r\nhost: {address.netloc}\r\naccept: text/event-stream"
    requests = [f"{head}\r\nauthorization: Bearer {each}\r\n\r\n".encode() for each in tokens]
    words = [f'"{version}"'.encode() for version in versions]
    loop, room = asyncio.get_running_loop(), asyncio.Semaphore(_AT_ONCE)

    async def one(number: int) -> tuple[asyncio.BaseTransport, Follower]:
        async with room, asyncio.timeout(_PATIENCE):
            transport, follower = await loop.create_connection(
                lambda: Follower(requests[number % len(requests)], words),
                host,
                port,
                local_addr=(f"127.0.0.{2 + number % _ADDRESSES}", 0),
            )
            await follower.opened.wait()
        if follower.status != 200:
            raise BenchError(f"follower {number} of {url} was answered {follower.status}")
        return transport, follower

    return list(await asyncio.gather(*(one(number) for number in range(count))))


async def release(client: httpx.AsyncClient, token: str, version: str) -> float:
    """Register a release, which is an event for everybody; return when it was begun.

    Raises:
        BenchError: it was refused.
    """
    document = {
        "service": "a-service-01",
        "version": version,
        "digest": f"sha256:{hashlib.sha256(version.encode()).hexdigest()}",
        "built_by": "bench",
        "built_at": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
    }
    begun = time.monotonic()
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    answer = await client.post(RELEASES, content=json.dumps(document), headers=headers)
    if answer.status_code != 201:
        raise BenchError(f"a release was answered {answer.status_code}: {answer.text[:300]}")
    return begun


async def all_seen(followers: Sequence[Follower], count: int) -> None:
    """Wait until every follower has that many events.

    Raises:
        BenchError: some have not after a while, or a stream has ended.
    """
    deadline = time.monotonic() + _PATIENCE
    while missing := sum(len(each.seen) < count for each in followers):
        if not all(each.is_open for each in followers):
            raise BenchError("a stream has ended while events were made")
        if time.monotonic() > deadline:
            raise BenchError(f"{missing} followers miss events after {_PATIENCE:g} s")
        await asyncio.sleep(0.02)
