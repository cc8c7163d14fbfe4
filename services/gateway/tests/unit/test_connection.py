import asyncio
import contextlib
import ssl

import hiredis
import pytest

from groundplan.runner.certificate import provide
from groundplan_contracts import tls
from groundplan_gateway import connection


@contextlib.asynccontextmanager
async def server(answer):
    """A server that hands every piece it reads to `answer` and sends what that returns."""

    async def serve(reader, writer):
        while piece := await reader.read(4096):
            writer.write(answer(piece))
        writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with listening:
        port = listening.sockets[0].getsockname()[1]
        yield f"redis://user:p%40ss@127.0.0.1:{port}/3"


async def test_signing_in_comes_first():
    """User, password and database of the address are told before anything else."""
    told = []

    def answer(piece):
        told.append(piece)
        return b"+OK\r\n"

    async with server(answer) as url:
        opened = await connection.connect(url, lambda: None)
        opened.close()
    whole = b"".join(told)
    assert b"AUTH\r\n$4\r\nuser\r\n$4\r\np@ss\r\n" in whole
    assert b"SELECT\r\n$1\r\n3\r\n" in whole


async def test_a_refusal_is_raised():
    """A server that refuses the password says so to whoever connects."""
    async with server(lambda _: b"-WRONGPASS no\r\n") as url:
        with pytest.raises(hiredis.ReplyError, match="WRONGPASS"):
            await connection.connect(url, lambda: None)


async def test_replies_come_in_order():
    """Commands that are sent together get their replies one by one, in order."""
    async with server(lambda piece: b"+OK\r\n" * piece.count(b"*")) as url:
        opened = await connection.connect(url, lambda: None)
        replies = []
        done = asyncio.Event()
        opened.send(("ONE",), replies.append)
        opened.send(("TWO",), lambda reply: (replies.append(reply), done.set()))
        await done.wait()
        assert [b"OK", b"OK"] == replies
        opened.close()


async def test_losing_the_connection_is_told():
    """When the server goes the owner learns it, and nothing can be sent any more."""
    lost = asyncio.Event()
    async with server(lambda piece: b"+OK\r\n" if b"DIE" not in piece else b"?\r\n") as url:
        opened = await connection.connect(url, lost.set)
        opened.send(("DIE",), lambda _: None)
        await asyncio.wait_for(lost.wait(), 2)
        with pytest.raises(ConnectionError):
            opened.send(("PING",), lambda _: None)


async def test_nobody_there_is_an_error():
    """Where nobody listens there is no connection."""
    async with server(lambda _: b"") as url:
        pass
    with pytest.raises(OSError, match="Connect call failed"):
        await connection.connect(url, lambda: None)


@contextlib.asynccontextmanager
async def encrypted(folder, name):
    """A Redis behind TLS that shows the certificate of `name`, and who vouches for it."""
    provide(folder, [name])
    shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shown.load_cert_chain(folder / name / "tls.crt", folder / name / "tls.key")

    async def serve(reader, writer):
        while await reader.read(4096):
            writer.write(b"+OK\r\n")
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0, ssl=shown) as listening:
        yield listening.sockets[0].getsockname()[1]


async def test_a_known_redis_is_spoken_to(tmp_path):
    """Who shows a certificate of the authority, made out to the address, is believed."""
    async with encrypted(tmp_path, "cache") as port:
        believed = tls.calling("rediss", tmp_path / "ca.crt")
        opened = await connection.connect(f"rediss://localhost:{port}/0", lambda: None, believed)
        opened.close()


@pytest.mark.parametrize(("host", "authority"), [("0.0.0.0", "own"), ("localhost", "other")])
async def test_a_redis_of_another_name_or_authority_is_refused(tmp_path, host, authority):
    """Neither another name nor an authority of somebody else's is accepted."""
    provide(tmp_path / "other", [])
    async with encrypted(tmp_path / "own", "cache") as port:
        believed = tls.calling("rediss", tmp_path / authority / "ca.crt")
        with pytest.raises(ssl.SSLCertVerificationError):
            await connection.connect(f"rediss://{host}:{port}/0", lambda: None, believed)


async def test_a_redis_without_encryption_is_refused(tmp_path):
    """Where encryption is asked for, a server that speaks none is not spoken to."""
    provide(tmp_path, [])
    believed = tls.calling("rediss", tmp_path / "ca.crt")
    async with server(lambda _: b"+OK\r\n") as url:
        with pytest.raises(ssl.SSLError):
            await connection.connect(url.replace("redis", "rediss", 1), lambda: None, believed)
