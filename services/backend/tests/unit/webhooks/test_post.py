"""One POST, byte by byte."""

import asyncio
import datetime
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from groundplan_backend.webhooks import post as module
from groundplan_backend.webhooks.address import Target
from groundplan_backend.webhooks.post import NoAnswer, post

Speak = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
NONE = ssl.create_default_context()


@asynccontextmanager
async def _receiver(
    speak: Speak, encryption: ssl.SSLContext | None = None
) -> AsyncIterator[Target]:
    server = await asyncio.start_server(speak, "127.0.0.1", 0, ssl=encryption)
    port = server.sockets[0].getsockname()[1]
    async with server:
        yield Target("127.0.0.1", port, "hooks.example", "/in?a=b", encryption is not None)


def _certificate(folder: Path) -> Path:
    """Write the key and the certificate of hooks.example, signed by itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "hooks.example")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("hooks.example")]), False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "hooks.pem"
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    file.write_bytes(key.private_bytes(pem, *form) + made.public_bytes(pem))
    return file


def _saying(words: bytes, heard: list[bytes]) -> Speak:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n{}"))
        writer.write(words)
        await writer.drain()
        writer.close()

    return speak


async def test_what_is_sent_is_plain_http() -> None:
    """Name, length and headers are there, and the connection is for this request only."""
    heard: list[bytes] = []
    async with _receiver(_saying(b"HTTP/1.1 204 No Content\r\n\r\n", heard)) as target:
        assert 204 == await post(target, {"x-one": "1"}, b"{}", NONE)
    lines = heard[0].split(b"\r\n")
    assert b"POST /in?a=b HTTP/1.1" == lines[0]
    assert {b"content-length: 2", b"connection: close", b"x-one: 1"} <= set(lines)
    assert b"host: hooks.example:%d" % target.port in lines


@pytest.mark.parametrize("words", [b"", b"hello\r\n", b"HTTP/1.1 2000\r\n", b"x" * 100_000])
async def test_what_is_no_http_is_no_answer(words: bytes) -> None:
    """Nonsense ends the attempt, however long it is."""
    async with _receiver(_saying(words, [])) as target:
        with pytest.raises((NoAnswer, ConnectionError)):
            await post(target, {}, b"{}", NONE)


async def test_silence_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """A receiver that says nothing costs an attempt its time and no more."""
    monkeypatch.setattr(module, "TIMEOUT", 0.1)

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with _receiver(speak) as target:
        with pytest.raises(TimeoutError):
            await post(target, {}, b"{}", NONE)


async def test_a_receiver_must_be_who_its_name_says(tmp_path: Path) -> None:
    """The certificate is judged by the name that was asked, though an address is called."""
    file = _certificate(tmp_path)
    there = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    there.load_cert_chain(file)
    trusting = ssl.create_default_context(cafile=str(file))
    speak = _saying(b"HTTP/1.1 204 No Content\r\n\r\n", [])
    async with _receiver(speak, there) as target:
        assert 204 == await post(target, {}, b"{}", trusting)
        with pytest.raises(ssl.SSLCertVerificationError):
            await post(replace(target, host="other.example"), {}, b"{}", trusting)
        with pytest.raises(ssl.SSLCertVerificationError):
            await post(target, {}, b"{}", NONE)
