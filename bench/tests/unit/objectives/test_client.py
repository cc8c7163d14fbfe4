"""The open loop, against a server that answers as it is told."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bench.objectives import client
from bench.objectives.mix import Request

Answer = Callable[[int], bytes]
PLAIN = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
REQUEST = Request("read", 200, b"GET / HTTP/1.1\r\nhost: here\r\n\r\n")


@asynccontextmanager
async def serving(answer: Answer, delay: float = 0) -> AsyncIterator[tuple[int, list[int]]]:
    """Serve until the block ends; hands on the port and the connections' numbers of requests."""
    counts: list[int] = []
    total = 0

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal total
        mine = len(counts)
        counts.append(0)
        while await reader.readuntil(b"\r\n\r\n"):
            await asyncio.sleep(delay)
            total += 1
            counts[mine] += 1
            writer.write(answer(total))
            if b"close" in answer(total):
                break
        writer.close()

    server = await asyncio.start_server(speak, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1], counts
    finally:
        server.close()


async def test_connections_are_kept() -> None:
    """Answers of both framings are read to their end, so one connection serves many."""
    async with serving(lambda number: CHUNKED if number % 2 else PLAIN) as (port, counts):
        seen = await client.send("127.0.0.1", port, [REQUEST] * 20, 20)
    assert ([], 20) == (seen.errors, len(seen.latencies["read"]))
    assert 20 == sum(counts)
    assert max(counts) >= 5


async def test_a_wrong_status_is_an_error() -> None:
    """What is not the expected answer is told with its kind."""
    async with serving(lambda _: PLAIN.replace(b"200 OK", b"503 No")) as (port, _):
        seen = await client.send("127.0.0.1", port, [REQUEST], 100)
    assert ["read: answered 503"] == seen.errors


async def test_a_cut_connection_is_an_error_and_no_latency() -> None:
    """Nothing is sent twice, and half an answer is none."""
    async with serving(lambda _: b"HTTP/1.1 200 OK\r\nconnection: close\r\n") as (port, _):
        seen = await client.send("127.0.0.1", port, [REQUEST], 100)
    assert (1, {}) == (len(seen.errors), seen.latencies)


async def test_slow_answers_do_not_hold_up_the_rate() -> None:
    """Ten requests that take 0.2 s each are on their way at once, each counted from its due."""
    async with serving(lambda _: PLAIN, delay=0.2) as (port, counts):
        seen = await client.send("127.0.0.1", port, [REQUEST] * 10, 1000)
    assert 10 == len(counts)
    assert all(each >= 0.19 for each in seen.latencies["read"])
