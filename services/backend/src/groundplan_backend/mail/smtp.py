"""The post office: an SMTP server, spoken to over TLS.

`smtps://` is encrypted from the first byte; `smtp://` must offer STARTTLS, unless the server is
on this machine. The certificate must be vouched for either way.
"""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final, Self
from urllib.parse import unquote, urlsplit
from uuid import UUID

import aiosmtplib

from groundplan_backend.settings import Secret, SettingsError

TIMEOUT: Final = 10.0
_PORTS: Final = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Smtp:
    """Hands mails to one server."""

    host: str
    port: int
    user: str | None
    password: Secret | None
    encrypted: bool
    """From the first byte."""
    sender: str

    @classmethod
    def of(cls, url: Secret, sender: str) -> Self:
        """Read `smtp[s]://[user:password@]host[:port]`.

        Raises:
            SettingsError: it is not of this form.
        """
        parts = urlsplit(url.reveal())
        if parts.scheme not in _PORTS or not parts.hostname:
            raise SettingsError("SMTP_URL: must be smtp://host or smtps://host")
        return cls(
            host=parts.hostname,
            port=parts.port or _PORTS[parts.scheme],
            user=unquote(parts.username) if parts.username else None,
            password=Secret(unquote(parts.password)) if parts.password else None,
            encrypted=parts.scheme == "smtps",
            sender=sender,
        )

    @property
    def upgrades(self) -> bool:
        """Whether the server must offer STARTTLS before it hears anything."""
        return not self.encrypted and not _is_here(self.host)

    async def send(self, mail: UUID, recipient: str, letter: bytes) -> None:
        """Hand over one mail.

        Raises:
            aiosmtplib.SMTPException: the server refuses, or does not answer in time.
            OSError: there is no way to it.
        """
        await aiosmtplib.send(
            letter,
            sender=self.sender,
            recipients=[recipient],
            hostname=self.host,
            port=self.port,
            username=self.user,
            password=self.password.reveal() if self.password else None,
            timeout=TIMEOUT,
            use_tls=self.encrypted,
            start_tls=self.upgrades,
        )


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
