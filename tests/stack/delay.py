"""A slow line: connections go on to a port of this machine, and answers come back later."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

CHUNK = 65536


@asynccontextmanager
async def delayed(port: int, seconds: float) -> AsyncIterator[int]:
    """Listen while the block runs, on the port that is yielded; encrypted or not is all the same.

    Args:
        port: where connections go.
        seconds: by how much everything that comes back is late.
    """
    running: set[asyncio.Task[None]] = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        running.add(task)
        try:
            with contextlib.suppress(OSError):
                there = await asyncio.open_connection("127.0.0.1", port)
                await _join((reader, writer), there, seconds)
        finally:
            writer.close()
            running.discard(task)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


End = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _join(here: End, there: End, seconds: float) -> None:
    """Pass on what comes until either end closes."""
    ways = {
        asyncio.create_task(_pass(here[0], there[1], 0)),
        asyncio.create_task(_pass(there[0], here[1], seconds)),
    }
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        there[1].close()


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, late: float) -> None:
    """Write what is read, each piece so many seconds after it came."""
    clock = asyncio.get_running_loop()
    with contextlib.suppress(OSError):
        while data := await reader.read(CHUNK):
            clock.call_later(late, writer.write, data)
        await asyncio.sleep(late)
