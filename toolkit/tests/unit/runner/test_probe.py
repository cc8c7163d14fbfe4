"""Replicas are asked in the words of their program."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator

import pytest

from groundplan.model.probe import Probe
from groundplan.model.process import Question
from groundplan.runner import probe
from groundplan.runner.certificate import provide


@contextlib.asynccontextmanager
async def _answering(answer: bytes, pause: float = 0.0) -> AsyncIterator[int]:
    async def handle(reader, writer) -> None:
        await reader.read(1024)
        await asyncio.sleep(pause)
        writer.write(answer)
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        (Question.HTTP, b"HTTP/1.1 200 OK\r\n\r\n", ""),
        (Question.HTTP, b"HTTP/1.1 503 No\r\n\r\n", "/ready answers 503"),
        (Question.HTTP, b"garbage\r\n", "no HTTP answer to /ready"),
        (Question.REDIS, b"+OK\r\n+PONG\r\n", ""),
        (Question.REDIS, b"+OK\r\n-LOADING wait\r\n", "LOADING wait"),
        (Question.REDIS, b"-WRONGPASS no\r\n-NOAUTH\r\n", "WRONGPASS no"),
        (Question.POSTGRES, b"R\0\0\0\x08\0\0\0\x0a", ""),
        (Question.POSTGRES, b"E\0\0\0\x10C57P03\0\0", "PostgreSQL is starting or stopping"),
        (Question.POSTGRES, b"", "the connection was closed without an answer"),
    ],
)
async def test_answers_are_understood(make_process, question, answer, expected):
    """Good answers are nothing to say; others are said in words."""
    async with _answering(answer) as port:
        spec = make_process(port=port, question=question)
        assert expected == await probe.ask(spec, Probe(path="/ready", timeout=1.0), "secret")


async def test_a_port_without_listener_is_said(make_process):
    """Nobody there is told from a bad answer."""
    async with _answering(b"") as port:
        pass
    spec = make_process(port=port)
    assert "nobody listens yet" == await probe.ask(spec, Probe(), "")


async def test_silence_is_bounded(make_process):
    """A replica that hangs is unwell after the probe's timeout."""
    async with _answering(b"HTTP/1.1 200 OK\r\n\r\n", pause=5.0) as port:
        spec = make_process(port=port)
        said = await probe.ask(spec, Probe(path="/ready", timeout=0.1), "")
    assert "no answer within 0.1 s" == said


async def test_without_a_path_a_connection_is_enough(make_process):
    """Of a program of which only the port is known no answer is expected."""
    async with _answering(b"") as port:
        assert "" == await probe.ask(make_process(port=port), Probe(), "")


@contextlib.asynccontextmanager
async def _encrypted(folder, name: str, answer: bytes) -> AsyncIterator[int]:
    shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shown.load_cert_chain(folder / name / "tls.crt", folder / name / "tls.key")

    is_postgres = answer.startswith(b"R")

    async def speak(reader, writer) -> None:
        if is_postgres:
            await reader.readexactly(8)
            writer.write(b"S")
            await writer.start_tls(shown)
        await reader.read(1024)
        writer.write(answer)
        writer.close()

    context = None if is_postgres else shown
    async with await asyncio.start_server(speak, "127.0.0.1", 0, ssl=context) as server:
        yield server.sockets[0].getsockname()[1]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (Question.HTTP, b"HTTP/1.1 200 OK\r\n\r\n"),
        (Question.REDIS, b"+OK\r\n+PONG\r\n"),
        (Question.POSTGRES, b"R\0\0\0\x08\0\0\0\x0a"),
    ],
)
async def test_who_is_vouched_for_is_asked_encrypted(make_process, tmp_path, question, answer):
    """Each kind of question goes over TLS, to who bears the component's name and nobody else."""
    provide(tmp_path, ["web", "other"])
    authority = str(tmp_path / "ca.crt")
    for name, expected in (("web", ""), ("other", "no TLS that can be trusted")):
        async with _encrypted(tmp_path, name, answer) as port:
            spec = make_process(port=port, question=question, authority=authority)
            said = await probe.ask(spec, Probe(path="/ready", timeout=2.0), "secret")
            assert said.startswith(expected)
            assert bool(said) == bool(expected)


async def test_who_speaks_no_tls_is_unwell(make_process, tmp_path):
    """A program that should encrypt and does not is told from one that is well."""
    provide(tmp_path, [])
    async with _answering(b"HTTP/1.1 200 OK\r\n\r\n") as port:
        spec = make_process(port=port, authority=str(tmp_path / "ca.crt"))
        said = await probe.ask(spec, Probe(path="/ready", timeout=2.0), "")
    assert said.startswith("no TLS that can be trusted")
