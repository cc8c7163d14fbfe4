"""Mails on the wire, as one machine shows them in the console."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta


class MailQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """How many of the latest."""

    limit: Annotated[int, Meta(ge=1, le=100)] = 50


class Mail(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A mail that was written into the folder; `text` may hold a link that works once."""

    id: UUID
    to: str
    subject: str
    text: str
    sent_at: datetime


class MailPage(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Mails, latest first."""

    items: list[Mail]
    next: str | None
