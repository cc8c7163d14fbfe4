"""How the command line talks to the supervisor: one JSON line asked, JSON lines answered.

The last line of an answer has the key `done`. The socket belongs to its owner alone.
"""

import asyncio
import contextlib
import json
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

from groundplan.errors import GroundplanError

SOCKET = "control.sock"
Say = Callable[[dict[str, Any]], Awaitable[None]]
Answer = Callable[[dict[str, Any], Say], Awaitable[dict[str, Any]]]


@contextlib.asynccontextmanager
async def serving(path: Path, answer: Answer) -> AsyncIterator[None]:
    """Answer questions for as long as the context lasts."""
    path.unlink(missing_ok=True)

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _handle(reader, writer, answer)

    before = os.umask(0o177)
    try:
        server = await asyncio.start_unix_server(handle, path)
    finally:
        os.umask(before)
    try:
        yield
    finally:
        server.close()
        path.unlink(missing_ok=True)


async def _handle(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answer: Answer
) -> None:
    async def say(value: dict[str, Any]) -> None:
        writer.write(json.dumps(value).encode() + b"\n")
        with contextlib.suppress(ConnectionError):
            await writer.drain()

    try:
        question = json.loads(await reader.readline())
        last = await answer(question, say)
    except GroundplanError as error:
        last = {"error": error.message, "hint": error.hint, "exit_code": error.exit_code}
    except (ValueError, ConnectionError):
        last = {}
    await say({**last, "done": True})
    writer.close()


def ask(path: Path, question: dict[str, Any], patience: float = 5.0) -> Iterator[dict[str, Any]]:
    """Ask the supervisor and yield each line of its answer, the last one included.

    Raises:
        OSError: there is no supervisor, or it is gone before it answered.
    """
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(patience)
        connection.connect(str(path))
        connection.sendall(json.dumps(question).encode() + b"\n")
        with connection.makefile("rb") as lines:
            for line in lines:
                value = json.loads(line)
                yield value
                if value.get("done"):
                    return
    raise ConnectionError("the supervisor ended before it answered")
