"""The outbox: a mail is written in the transaction of what it tells of, and sent after it.

So no mail tells of what did not happen, and none is lost with a replica or a post office that is
down. What waits is sealed, and forgotten once it is sent. A mail may arrive twice when a replica
dies between the post office's word and ours; its Message-ID is then the same.
"""

import hashlib
import os
import uuid
from typing import Any, Final, Protocol
from uuid import UUID

import aiosmtplib
import msgspec
import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from groundplan_backend.mail import message, repository
from groundplan_backend.mail.message import Message
from groundplan_backend.postgres.pool import Connection, Pool
from groundplan_backend.settings import Secret

TRIES: Final = 8
"""How often a mail is tried before it is given up; the waits between add up to about an hour."""
_FIRST_WAIT: Final = 15.0
_NONCE: Final = 12
_log: Final = structlog.get_logger("backend.mail")


class PostOffice(Protocol):
    """Where mails are handed in."""

    async def send(self, mail: UUID, recipient: str, letter: bytes) -> None:
        """Hand over one mail, or raise OSError or an error of SMTP."""


class Outbox:
    """Takes mails and sends them; without a post office they wait."""

    def __init__(self, pool: Pool, key: Secret, office: PostOffice | None, sender: str) -> None:
        self._pool = pool
        self._seal = AESGCM(hashlib.sha256(b"mail:" + key.reveal().encode()).digest())
        self._office = office
        self._sender = sender

    async def put(self, connection: Connection, letter: Message) -> None:
        """Take a mail, to be sent when the transaction has committed."""
        mail, nonce = uuid.uuid4(), os.urandom(_NONCE)
        words = msgspec.json.encode(letter)
        sealed = nonce + self._seal.encrypt(nonce, words, mail.bytes)
        await repository.insert(connection, mail, sealed)
        if self._office is None:
            _log.warning("mail waits: neither SMTP_URL nor MAIL_FOLDER is set", mail=str(mail))

    async def deliver(self) -> None:
        """Send what is due, one after the other."""
        if self._office is not None:
            while await self._deliver_one(self._office):
                pass

    async def forget(self) -> None:
        """Delete what is older than a week."""
        await repository.forget(self._pool)

    async def _deliver_one(self, office: PostOffice) -> bool:
        async with self._pool.transaction() as connection:
            row = await repository.take(connection)
            if row is None:
                return False
            try:
                await self._send(office, row)
            except (OSError, aiosmtplib.SMTPException, InvalidTag, ValueError) as error:
                await self._fail(connection, row, error)
            else:
                await repository.sent(connection, row["id"])
        return True

    async def _send(self, office: PostOffice, row: Any) -> None:
        mail, sealed = row["id"], row["sealed"]
        words = self._seal.decrypt(sealed[:_NONCE], sealed[_NONCE:], mail.bytes)
        letter = msgspec.json.decode(words, type=Message)
        text = message.written(mail, letter, self._sender, row["created_at"])
        await office.send(mail, letter.to, text)

    async def _fail(self, connection: Connection, row: Any, error: Exception) -> None:
        tries = row["attempts"] + 1
        refused = isinstance(error, aiosmtplib.SMTPRecipientsRefused | InvalidTag)
        give_up = refused or tries >= TRIES
        wait = _FIRST_WAIT * 2 ** (tries - 1)
        await repository.failed(connection, row["id"], wait, give_up=give_up)
        # The server's own words could repeat the mail's.
        _log.warning(
            "mail failed",
            mail=str(row["id"]),
            tries=tries,
            given_up=give_up,
            error=type(error).__name__,
        )
