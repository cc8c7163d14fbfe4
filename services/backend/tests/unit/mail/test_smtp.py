"""Handing mails to an SMTP server that runs here and keeps what it is given."""

import asyncio
import base64
from collections.abc import AsyncIterator
from uuid import UUID

import aiosmtplib
import pytest

from groundplan_backend.mail.smtp import Smtp
from groundplan_backend.settings import Secret, SettingsError


class Server:
    """Speaks as much SMTP as a client needs; `answers` replaces its words."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.letter = b""
        self.answers: dict[str, str] = {}
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Talk to one client until it leaves."""
        writer.write(b"220 here\r\n")
        while line := (await reader.readline()).decode().strip():
            self.heard.append(line)
            word = line.split(" ")[0].split(":")[0].upper()
            if word == "DATA":
                writer.write(b"354 go on\r\n")
                self.letter = await reader.readuntil(b"\r\n.\r\n")
            writer.write(f"{self.answers.get(word, '250 fine')}\r\n".encode())
            if word == "QUIT":
                break
        writer.close()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """A server on this machine."""
    made = Server()
    made.answers["EHLO"] = "250-here\r\n250 AUTH PLAIN"
    made.answers["AUTH"] = "235 welcome"
    listening = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = listening.sockets[0].getsockname()[1]
    yield made
    listening.close()
    await listening.wait_closed()


def _office(server: Server, who: str = "") -> Smtp:
    return Smtp.of(Secret(f"smtp://{who}127.0.0.1:{server.port}"), "us@example.org")


async def test_a_mail_is_handed_over_with_the_password(server: Server) -> None:
    """The server hears who sends, to whom, and the letter as it was written."""
    office = _office(server, "groundplan:p%40ss@")
    await office.send(UUID(int=1), "ada@example.org", b"Subject: hello\r\n\r\nwords\r\n")
    told = base64.b64encode(b"\0groundplan\0p@ss").decode()
    assert f"AUTH PLAIN {told}" in server.heard
    assert any("<us@example.org>" in line for line in server.heard if line.startswith("MAIL"))
    assert any("<ada@example.org>" in line for line in server.heard if line.startswith("RCPT"))
    assert b"words" in server.letter


@pytest.mark.parametrize("word", ["MAIL", "RCPT", "DATA", "AUTH"])
async def test_a_refusal_is_an_error(server: Server, word: str) -> None:
    """Whatever the server refuses, the mail is not taken for sent."""
    server.answers[word] = "550 no"
    with pytest.raises(aiosmtplib.SMTPException):
        await _office(server, "a:b@").send(UUID(int=1), "ada@example.org", b"\r\nwords\r\n")


def test_elsewhere_nothing_goes_unencrypted() -> None:
    """A server that is not on this machine must offer TLS, from the first byte or on demand."""
    away = Smtp.of(Secret("smtp://mail.example.org"), "us@example.org")
    always = Smtp.of(Secret("smtps://mail.example.org"), "us@example.org")
    assert (587, False, True) == (away.port, away.encrypted, away.upgrades)
    assert (465, True, False) == (always.port, always.encrypted, always.upgrades)
    for here in ("127.0.0.1", "localhost", "[::1]"):
        assert not Smtp.of(Secret(f"smtp://{here}"), "us@example.org").upgrades


@pytest.mark.parametrize("url", ["", "mail.example.org", "http://mail.example.org", "smtp://"])
def test_an_address_of_another_form_is_refused(url: str) -> None:
    """The message names the setting, and not the password in it."""
    with pytest.raises(SettingsError, match="SMTP_URL"):
        Smtp.of(Secret(url), "us@example.org")


def test_the_password_shows_in_no_dump() -> None:
    """A log of the office tells nothing."""
    office = Smtp.of(Secret("smtps://us:sesame@mail.example.org"), "us@example.org")
    assert "sesame" not in repr(office)
