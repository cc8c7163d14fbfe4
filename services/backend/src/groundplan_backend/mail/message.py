"""A mail: to whom, about what, and its words; made here as it goes over the wire."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final
from uuid import UUID

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Message:
    """A plain-text mail; nobody's words but ours stand in `subject` and `text`."""

    to: str
    subject: str
    text: str

    def __post_init__(self) -> None:
        if _CONTROL.search(self.to) or _CONTROL.search(self.subject):
            raise ValueError("an address or a subject has a control character in it")


def written(mail: UUID, message: Message, sender: str, at: datetime) -> bytes:
    """Return the mail as RFC 5322 text; its Message-ID stays the same however often it is sent."""
    letter = EmailMessage(policy=SMTP)
    letter["From"] = sender
    letter["To"] = message.to
    letter["Subject"] = message.subject
    letter["Date"] = format_datetime(at)
    letter["Message-ID"] = f"<{mail}@{sender.rpartition('@')[2].rstrip('>')}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.text)
    return letter.as_bytes()
