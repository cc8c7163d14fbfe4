"""Asks replicas whether they are well: over HTTP, or in PostgreSQL's or Redis' own words."""

import asyncio
import ssl
import struct

from groundplan.model.probe import Probe
from groundplan.model.process import Process, Question
from groundplan.runner import trust
from groundplan.runner.port import HOST

PROTOCOL = 196608
"""PostgreSQL's protocol, version 3.0."""
ENCRYPTION = 80877103
"""In the place of the protocol: the wish to go on encrypted."""
STARTING = b"57P03"
"""PostgreSQL's code for `cannot connect now`."""


async def ask(process: Process, probe: Probe, password: str = "") -> str:
    """Return why a replica is not well, or nothing where it is.

    Args:
        process: the replica.
        probe: how to ask and how long to wait.
        password: for a cache, which answers nobody without it.
    """
    try:
        async with asyncio.timeout(probe.timeout):
            return await _ask(process, probe, password)
    except TimeoutError:
        return f"no answer within {probe.timeout:g} s"
    except (OSError, asyncio.IncompleteReadError, ValueError) as error:
        return _reason(error)


async def _ask(process: Process, probe: Probe, password: str) -> str:
    reader, writer = await _connect(process)
    try:
        match process.question:
            case Question.POSTGRES:
                if process.authority:
                    await _encrypt_postgres(process, reader, writer)
                return await _ask_postgres(reader, writer)
            case Question.REDIS:
                return await _ask_redis(reader, writer, password)
            case Question.HTTP:
                return await _ask_http(reader, writer, probe.path) if probe.path else ""
    finally:
        writer.close()


async def _connect(process: Process) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if process.health_socket:
        return await asyncio.open_unix_connection(process.health_socket)
    if not process.authority or process.question is Question.POSTGRES:
        return await asyncio.open_connection(HOST, process.port)
    believed, name = trust.of(process.authority), trust.name_of(process)
    return await asyncio.open_connection(HOST, process.port, ssl=believed, server_hostname=name)


async def _ask_http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> str:
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
    words = (await reader.readline()).split()
    if len(words) < 2 or not words[1].isdigit():
        return f"no HTTP answer to {path}"
    status = int(words[1])
    await reader.read(65536)
    return "" if 200 <= status < 400 else f"{path} answers {status}"


async def _encrypt_postgres(
    process: Process, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    writer.write(struct.pack("!ii", 8, ENCRYPTION))
    if await reader.readexactly(1) != b"S":
        raise ValueError("PostgreSQL speaks no TLS")
    believed = trust.of(process.authority)
    assert believed
    await writer.start_tls(believed, server_hostname=trust.name_of(process))


async def _ask_postgres(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str:
    settings = b"user\0groundplan\0database\0postgres\0\0"
    writer.write(struct.pack("!ii", len(settings) + 8, PROTOCOL) + settings)
    kind = await reader.readexactly(1)
    if kind != b"E":
        return ""
    said = await reader.read(4096)
    return "PostgreSQL is starting or stopping" if STARTING in said else ""


async def _ask_redis(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, password: str
) -> str:
    secret = password.encode()
    writer.write(b"*2\r\n$4\r\nAUTH\r\n$%d\r\n%s\r\n" % (len(secret), secret))
    writer.write(b"*1\r\n$4\r\nPING\r\n")
    admitted, pong = await reader.readline(), await reader.readline()
    for line in (admitted, pong):
        if line.startswith(b"-"):
            return line[1:].decode(errors="replace").strip()
    return "" if pong == b"+PONG\r\n" else "no PONG to PING"


def _reason(error: Exception) -> str:
    match error:
        case ConnectionRefusedError():
            return "nobody listens yet"
        case asyncio.IncompleteReadError():
            return "the connection was closed without an answer"
        case ssl.SSLError():
            return f"no TLS that can be trusted: {error.reason or error}"
        case OSError():
            return error.strerror or str(error)
    return str(error)
