"""Questions over HTTP: what is shown, how long it may take, how much may come back."""

import asyncio
import gzip
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from groundplan_backend.errors import TelemetryUnavailable
from groundplan_backend.settings import Secret
from groundplan_backend.telemetry import ask
from groundplan_backend.telemetry.ask import Answer, Place, basic, bearer


async def _speaking(
    speak: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> tuple[asyncio.Server, str]:
    server = await asyncio.start_server(speak, "127.0.0.1", 0)
    return server, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def test_what_answers_with_any_status_is_an_answer(keeper: Any) -> None:
    """Who asks decides what a status means; parameters, forms and JSON arrive."""
    place = Place(f"{keeper.url}/", "Bearer k")
    keeper.says("/a", {"b": 1}, 418)
    assert Answer(418, b'{"b": 1}') == await place.get("/a", {"x": 1})
    assert Answer(418, b'{"b": 1}') == await place.post_form("/a", {"y": "é"})
    await place.post_json("/a", {"z": 2})
    first, second, third = keeper.asked
    assert ({"x": "1"}, {"y": "é"}, {"z": 2}) == (first.query, second.form, third.json)
    assert {"Bearer k"} == {one.headers["authorization"] for one in keeper.asked}
    await place.close()


async def test_silence_ends_within_two_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever accepts and says nothing, or byte after byte, is given up; the limit is in all."""
    assert ask.PATIENCE < 2
    monkeypatch.setattr(ask, "PATIENCE", 0.2)

    async def drip(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
        while not writer.is_closing():
            writer.write(b".")
            await asyncio.sleep(0.02)

    server, url = await _speaking(drip)
    started = time.monotonic()
    with pytest.raises(TelemetryUnavailable, match="no answer within"):
        await Place(url).get("/")
    assert time.monotonic() - started < 1
    server.close()


async def test_nobody_and_no_http_are_no_answer() -> None:
    """A port where nobody listens, and a listener that speaks something else."""

    async def mumble(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"+PONG\r\n")
        writer.close()

    server, url = await _speaking(mumble)
    for address in ("http://127.0.0.1:9", url):
        with pytest.raises(TelemetryUnavailable):
            await Place(address).get("/")
    server.close()


async def test_too_much_is_no_answer(keeper: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A keeper that has gone mad does not fill the backend's memory."""
    monkeypatch.setattr(ask, "LARGEST", 10)
    keeper.says("/", "twelve bytes")
    with pytest.raises(TelemetryUnavailable, match="more than 10 bytes"):
        await Place(keeper.url).get("/")


def test_an_answer_is_what_was_agreed() -> None:
    """Else it is none; the words say where."""

    class _Agreed(msgspec.Struct):
        b: int

    assert 1 == Answer(200, b'{"b":1}').read(_Agreed).b
    for body in (b'{"b":"1"}', b"<html>", b'"\xff"'):
        with pytest.raises(TelemetryUnavailable, match="not as agreed"):
            Answer(200, body).read(_Agreed)


def test_keys_are_shown_as_each_wants_them() -> None:
    """Bearer for the store and Prometheus, a user with a password for Elasticsearch."""
    assert (None, "Bearer k") == (bearer(None), bearer(Secret("k")))
    assert "Basic cmVhZGVyOms=" == basic("reader", Secret("k"))
    assert (None, None) == (basic("", Secret("k")), basic("reader", None))


async def test_an_authority_that_is_not_there_is_no_answer(tmp_path: Path) -> None:
    """Only this place is out: the backend starts, and what is asked of it says so."""
    place = Place("https://metrics.example", None, tmp_path / "none.crt")
    with pytest.raises(TelemetryUnavailable, match="FileNotFoundError"):
        await place.get("/")


@pytest.mark.parametrize(
    ("encoding", "body", "words"),
    [
        ("gzip", gzip.compress(bytes(ask.LARGEST + 1)), "more than"),
        ("gzip, gzip", gzip.compress(gzip.compress(bytes(ask.LARGEST))), "nobody asked for"),
        ("br", b"x", "nobody asked for"),
        ("gzip", b"no gzip", "not packed as it says"),
    ],
)
async def test_what_is_packed_fills_no_memory(encoding: str, body: bytes, words: str) -> None:
    """Some kilobytes that become gigabytes are given up before they do."""

    async def speak(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 200 OK\r\ncontent-encoding: {encoding}\r\nconnection: close\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()

    server, url = await _speaking(speak)
    with pytest.raises(TelemetryUnavailable, match=words):
        await Place(url).get("/")
    server.close()


async def test_what_is_packed_is_unpacked() -> None:
    """Who packs his answer, as he was asked to, is understood."""
    asked = asyncio.get_running_loop().create_future()

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.set_result(await reader.readuntil(b"\r\n\r\n"))
        head = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nconnection: close\r\n\r\n"
        writer.write(head + gzip.compress(b"[1]" * 9_000))
        writer.close()

    server, url = await _speaking(speak)
    assert b"[1]" * 9_000 == (await Place(url).get("/")).body
    assert b"accept-encoding: gzip\r\n" in asked.result().lower()
    server.close()


def test_an_answer_that_is_nested_without_end_is_none() -> None:
    """Whoever sends it costs his own answer and nothing else."""
    with pytest.raises(TelemetryUnavailable, match="not as agreed"):
        Answer(200, b'{"a":' * 5_000).read(dict[str, Any])
