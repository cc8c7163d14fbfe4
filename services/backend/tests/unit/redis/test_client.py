"""The client against a server that answers what the test says."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import hiredis
import pytest

from groundplan.runner.certificate import provide
from groundplan_backend.errors import DependencyUnavailable
from groundplan_backend.redis import client
from groundplan_backend.redis.client import Redis, RedisError
from groundplan_backend.settings import Secret

Answer = Callable[[list[bytes]], bytes]


@asynccontextmanager
async def _server(answer: Answer) -> AsyncIterator[tuple[Redis, list[list[bytes]]]]:
    seen: list[list[bytes]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        parser = hiredis.Reader()
        while data := await reader.read(65536):
            parser.feed(data)
            while (command := parser.gets()) is not False:
                seen.append(command)
                writer.write(answer(command))
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    redis = Redis(Secret(f"redis://:pass%40word@127.0.0.1:{port}/3"), timeout=0.05)
    try:
        yield redis, seen
    finally:
        redis.close()
        server.close()


def _ok(command: list[bytes]) -> bytes:
    return b"+OK\r\n"


async def test_it_signs_in_and_selects_first() -> None:
    """Password and database come from the URL."""
    async with _server(_ok) as (redis, seen):
        await redis.execute("PING")
    assert [[b"AUTH", b"pass@word"], [b"SELECT", b"3"], [b"PING"]] == seen


async def test_parallel_commands_get_their_own_replies() -> None:
    """One connection serves all, in order."""

    def echo(command: list[bytes]) -> bytes:
        return b"+" + command[-1] + b"\r\n"

    async with _server(echo) as (redis, seen):
        replies = await asyncio.gather(*(redis.execute("ECHO", n) for n in range(50)))
    assert [str(n).encode() for n in range(50)] == replies
    assert 1 == sum(command[0] == b"AUTH" for command in seen)


async def test_a_transaction_gives_the_replies_of_its_commands() -> None:
    """What stands between MULTI and EXEC is done as one."""

    def answer(command: list[bytes]) -> bytes:
        return b"*2\r\n:1\r\n:2\r\n" if command[0] == b"EXEC" else b"+QUEUED\r\n"

    async with _server(answer) as (redis, seen):
        assert [1, 2] == await redis.transaction(("INCR", "a"), ("INCR", "b"))
    assert [b"MULTI", b"INCR", b"INCR", b"EXEC"] == [command[0] for command in seen[2:]]


async def test_a_refused_command_is_a_fault_of_ours() -> None:
    """An error reply is raised; the connection lives on."""

    def answer(command: list[bytes]) -> bytes:
        return b"-ERR no\r\n" if command[0] == b"BAD" else b"+OK\r\n"

    async with _server(answer) as (redis, _):
        with pytest.raises(RedisError, match="ERR no"):
            await redis.execute("BAD")
        assert b"OK" == await redis.execute("GOOD")


@pytest.mark.parametrize("refusal", [b"LOADING Redis is loading", b"OOM command not allowed"])
async def test_a_server_that_cannot_now_is_unavailable(refusal: bytes) -> None:
    """A Redis that reads its file after a restart, or is full, is no fault of ours."""

    def answer(command: list[bytes]) -> bytes:
        return b"+OK\r\n" if command[0] in (b"AUTH", b"SELECT") else b"-" + refusal + b"\r\n"

    async with _server(answer) as (redis, _):
        with pytest.raises(DependencyUnavailable):
            await redis.execute("GET", "key")
        with pytest.raises(DependencyUnavailable):
            await redis.transaction(("SET", "key", "value"))


async def test_a_silent_server_is_given_up_and_left_alone() -> None:
    """After one timeout Redis is not asked for a while; the refusal is then immediate."""

    def answer(command: list[bytes]) -> bytes:
        return b"" if command[0] == b"GET" else b"+OK\r\n"

    async with _server(answer) as (redis, seen):
        for _ in range(3):
            with pytest.raises(DependencyUnavailable):
                await redis.execute("GET", "key")
    assert 1 == sum(command[0] == b"GET" for command in seen)


async def test_a_dead_server_is_asked_again_after_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The rest is short, and a server that is back is used."""
    monkeypatch.setattr(client, "REST", 0.0)
    async with _server(_ok) as (redis, seen):
        await redis.execute("PING")
        redis.close()
        assert b"OK" == await redis.execute("PING")
    assert 2 == sum(command[0] == b"AUTH" for command in seen)


async def test_nobody_there_is_unavailable() -> None:
    """A refused connection is a 503 and not a fault of ours."""
    redis = Redis(Secret("redis://127.0.0.1:1/0"))
    with pytest.raises(DependencyUnavailable):
        await redis.execute("PING")


@pytest.mark.parametrize(
    ("host", "authority", "is_spoken_to"),
    [("localhost", "own", True), ("0.0.0.0", "own", False), ("localhost", "other", False)],
)
async def test_only_the_redis_that_was_called_is_spoken_to(
    tmp_path: Path, host: str, authority: str, is_spoken_to: bool
) -> None:
    """Over TLS another name, or an authority of somebody else's, is no Redis of ours."""
    for each in ("own", "other"):
        provide(tmp_path / each, ["cache"])
    shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shown.load_cert_chain(*(tmp_path / "own" / "cache" / file for file in ("tls.crt", "tls.key")))

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(65536):
            writer.write(b"+PONG\r\n")
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0, ssl=shown) as server:
        url = Secret(f"rediss://{host}:{server.sockets[0].getsockname()[1]}")
        redis = Redis(url, authority=tmp_path / authority / "ca.crt")
        if is_spoken_to:
            assert b"PONG" == await redis.execute("PING")
        else:
            with pytest.raises(DependencyUnavailable):
                await redis.execute("PING")
        redis.close()
