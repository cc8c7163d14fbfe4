"""Fetches expositions over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from groundplan_telemetry.metrics.collect import web
from groundplan_telemetry.metrics.collect.target import CollectionError
from groundplan_telemetry.metrics.collect.web import Web

REPLY = "HTTP/1.1 {status}\r\ncontent-length: {length}\r\n\r\n{body}"


class Server:
    """Answers every request the same, and remembers what it was asked."""

    def __init__(self) -> None:
        self.status, self.body, self.asked = "200 OK", "up 1\n", ""

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        self.asked = (await reader.readuntil(b"\r\n\r\n")).decode()
        text = REPLY.format(status=self.status, length=len(self.body), body=self.body)
        writer.write(text.encode())
        await writer.drain()
        writer.close()


@pytest.fixture
async def fetching() -> AsyncIterator[Web]:
    """Return clients that are closed at the end."""
    made = Web()
    yield made
    await made.close()


@pytest.fixture
async def at() -> AsyncIterator[tuple[Server, str]]:
    """Return a server and its address."""
    told = Server()
    server = await asyncio.start_server(told, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    yield told, f"http://{host}:{port}/metrics"
    server.close()


async def test_an_address_is_fetched(fetching: Web, at: tuple[Server, str]) -> None:
    """A page is fetched with the headers that it wants."""
    server, url = at
    fetch = fetching.fetch(url, "", 5.0, {"authorization": "Bearer key"})
    assert "up 1\n" == await fetch()
    assert server.asked.startswith("GET /metrics HTTP/1.1")
    assert "authorization: Bearer key" in server.asked.replace("Authorization", "authorization")


async def test_other_answers_are_failures(
    fetching: Web, at: tuple[Server, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another status, too much, and nobody at all are failures that say why."""
    server, url = at
    server.status = "503 Service Unavailable"
    with pytest.raises(CollectionError, match="HTTP status 503"):
        await fetching.fetch(url, "", 5.0)()
    server.status = "200 OK"
    monkeypatch.setattr(web, "LARGEST", 3)
    with pytest.raises(CollectionError, match="more than"):
        await fetching.fetch(url, "", 5.0)()
    with pytest.raises(httpx.TransportError):
        await fetching.fetch("http://127.0.0.1:1/", "", 5.0)()


async def test_a_socket_is_fetched(fetching: Web, tmp_path: Path) -> None:
    """A socket of this machine is asked for a path."""
    told = Server()
    server = await asyncio.start_unix_server(told, tmp_path / "s")
    assert "up 1\n" == await fetching.fetch(f"unix:{tmp_path}/s:/status", "", 5.0)()
    assert told.asked.startswith("GET /status ")
    server.close()
