from datetime import UTC, datetime
from email import message_from_bytes, policy
from uuid import UUID

import pytest

from groundplan_backend.mail.message import Message, written

_MAIL = UUID(int=7)
_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_mail_says_who_to_whom_and_what() -> None:
    """It is plain text, says that a machine wrote it, and has the same id each time."""
    message = Message("ada@example.org", "Prüfung", "Grüße\n")
    raw = written(_MAIL, message, "Groundplan <groundplan@example.org>", _AT)
    assert raw == written(_MAIL, message, "Groundplan <groundplan@example.org>", _AT)
    read = message_from_bytes(raw, policy=policy.default)
    assert ("ada@example.org", "Prüfung") == (read["To"], read["Subject"])
    assert f"<{_MAIL}@example.org>" == read["Message-ID"]
    assert "auto-generated" == read["Auto-Submitted"]
    assert "Grüße" == read.get_content().strip()


@pytest.mark.parametrize("text", ["a@b\r\nBcc: everybody@x", "a@b\n", "a\x00b", "a\x7f"])
def test_nobody_smuggles_a_header_in(text: str) -> None:
    """Neither in the address nor in the subject."""
    with pytest.raises(ValueError, match="control character"):
        Message(text, "subject", "text")
    with pytest.raises(ValueError, match="control character"):
        Message("a@b", text, "text")
