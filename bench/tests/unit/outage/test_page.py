"""Who asks for signals is answered, or told in time that there are none."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bench.outage import page
from bench.outage.page import Asked, Count

OFF = json.dumps({"code": page.OFF}).encode()


@asynccontextmanager
async def answering(status: int, body: bytes) -> AsyncIterator[str]:
    """Answer everything alike until the block ends; hands on the address."""

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.readline():
            await reader.readuntil(b"\r\n\r\n")
            head = b"HTTP/1.1 %d x\r\ncontent-length: %d\r\n\r\n" % (status, len(body))
            writer.write(head + body)
        writer.close()

    server = await asyncio.start_server(speak, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def first(url: str) -> Asked:
    """Return the first question that was answered."""
    async with page.asking(url, "token") as found, asyncio.timeout(10):
        while not found:
            await asyncio.sleep(0.01)
    return found[0]


async def test_an_answer_says_what_came() -> None:
    """What there is, that it is off, or anything else."""
    async with answering(200, b"{}") as url:
        well = await first(url)
    async with answering(503, OFF) as url:
        off = await first(url)
    async with answering(503, b"no JSON") as url:
        broken = await first(url)
    found = [(each.is_answered, each.is_off) for each in (well, off, broken)]
    assert [(True, False), (False, True), (False, False)] == found


async def test_whoever_is_not_there_is_no_answer() -> None:
    """A connection that is refused counts as neither."""
    asked = await first("http://127.0.0.1:1")
    assert (0, False, False) == (asked.status, asked.is_answered, asked.is_off)


def test_a_refusal_that_comes_late_is_another_answer() -> None:
    """Two seconds are what is promised."""
    asked = [Asked(5.0, "/x", 503, page.OFF, seconds) for seconds in (1.9, 2.1)]
    counted = page.count(asked, 0.0, 10.0)
    assert (Count(asked=2, answered=0, off=1, slowest=2.1), 1) == (counted, counted.other)


def test_only_questions_of_the_time_count() -> None:
    """By when they were asked, whenever they were answered."""
    asked = [Asked(at, "/x", 200, "", 0.1) for at in (1.0, 2.0, 3.0)]
    assert Count(asked=1, answered=1, off=0, slowest=0.1) == page.count(asked, 2.0, 3.0)
