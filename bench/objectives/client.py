"""An open loop: requests begin when they are due, whether or not others have been answered.

A latency counts from the moment when the request was due, so a stall shows as what it costs.
Connections are kept and used by one request at a time; nothing is repeated.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bench.objectives.mix import Request

_PATIENCE: Final = 10.0


@dataclass(slots=True)
class Seen:
    """What came of the requests: seconds of each by kind, and what went wrong."""

    latencies: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


async def send(host: str, port: int, requests: Sequence[Request], per_second: float) -> Seen:
    """Send the requests at the rate and return what came of them."""
    line = _Line(host, port)
    start = time.monotonic()
    running = []
    for number, request in enumerate(requests):
        due = start + number / per_second
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        running.append(asyncio.create_task(line.ask(request, due)))
    await asyncio.gather(*running)
    line.close()
    return line.seen


class _Line:
    """The connections to one address."""

    def __init__(self, host: str, port: int) -> None:
        self.seen = Seen()
        self._address = (host, port)
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ask(self, request: Request, due: float) -> None:
        """Send one request and note what came of it."""
        try:
            async with asyncio.timeout(_PATIENCE):
                status = await self._exchange(request.content)
        except (OSError, EOFError, TimeoutError, ValueError) as error:
            self.seen.errors.append(f"{request.kind}: {error or type(error).__name__}")
            return
        if status != request.status:
            self.seen.errors.append(f"{request.kind}: answered {status}")
        self.seen.latencies.setdefault(request.kind, []).append(time.monotonic() - due)

    async def _exchange(self, content: bytes) -> int:
        reader, writer = self._idle.pop() if self._idle else await self._connect()
        try:
            writer.write(content)
            head = await reader.readuntil(b"\r\n\r\n")
            await _skip_body(reader, head.lower())
        except BaseException:
            writer.close()
            raise
        if b"\r\nconnection: close" in head.lower():
            writer.close()
        else:
            self._idle.append((reader, writer))
        return int(head.split(b" ", 2)[1])

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection(*self._address)

    def close(self) -> None:
        """Close what is idle."""
        for _, writer in self._idle:
            writer.close()


async def _skip_body(reader: asyncio.StreamReader, head: bytes) -> None:
    if b"\r\ntransfer-encoding: chunked" not in head:
        _, _, rest = head.partition(b"\r\ncontent-length:")
        await reader.readexactly(int(rest.split(b"\r\n", 1)[0] or 0))
        return
    while size := int((await reader.readline()).split(b";")[0], 16):
        await reader.readexactly(size + 2)
    await reader.readline()
