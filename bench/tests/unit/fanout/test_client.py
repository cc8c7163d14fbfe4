"""Followers, against a server that tells everybody the same."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from bench.fanout import client
from bench.stack import BenchError

OPENING = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n"
LATE = b"HTTP/1.1 429 Too Many Requests\r\ncontent-length: 0\r\n\r\n"


@asynccontextmanager
async def streaming(
    opening: bytes = OPENING,
) -> AsyncIterator[tuple[str, list[asyncio.StreamWriter], list[bytes]]]:
    """Serve streams until the block ends; hands on the address, the streams and their heads."""
    streams: list[asyncio.StreamWriter] = []
    heads: list[bytes] = []

    async def open_stream(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(opening)
        streams.append(writer)

    server = await asyncio.start_server(open_stream, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", streams, heads
    finally:
        for stream in streams:
            stream.close()
        server.close()


async def test_every_follower_notes_when_an_event_came() -> None:
    """Also one that comes in two pieces; sessions are shared out among the streams."""
    async with streaming() as (url, streams, heads):
        lines = await client.follow(url, ["one", "two"], 6, ["v-1", "v-2"])
        followers = [follower for _, follower in lines]
        for stream in streams:
            stream.write(b'data: {"version":"v-')
        await asyncio.sleep(0.05)
        assert {0} == {len(each.seen) for each in followers}
        for stream in streams:
            stream.write(b'1"}\n\n')
        await client.all_seen(followers, 1)
        assert [{b'"v-1"'}] * 6 == [set(each.seen) for each in followers]
        assert 3 == sum(b"Bearer one" in head for head in heads)
        for transport, _ in lines:
            transport.close()


async def test_a_refused_follower_ends_the_measurement() -> None:
    """A stream that is not answered with 200 is no follower."""
    async with streaming(LATE) as (url, _, _):
        with pytest.raises(BenchError, match="was answered 429"):
            await client.follow(url, ["one"], 1, ["v-1"])


async def test_a_lost_stream_ends_the_measurement() -> None:
    """Who is cut off while events are made would miss some."""
    async with streaming() as (url, streams, _):
        lines = await client.follow(url, ["one"], 2, ["v-1"])
        streams[0].close()
        with pytest.raises(BenchError, match="a stream has ended"):
            await client.all_seen([follower for _, follower in lines], 1)
        for transport, _ in lines:
            transport.close()


async def test_a_release_says_which_version_it_is() -> None:
    """A digest of its own goes with it; anything but 201 ends the measurement."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(201 if len(asked) == 1 else 409)

    async with httpx.AsyncClient(
        base_url="http://there", transport=httpx.MockTransport(answer)
    ) as desk:
        await client.release(desk, "secret", "v-1")
        with pytest.raises(BenchError, match="answered 409"):
            await client.release(desk, "secret", "v-1")
    assert b'"version": "v-1"' in asked[0].content
    assert "Bearer secret" == asked[0].headers["authorization"]
