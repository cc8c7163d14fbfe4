"""The outbox with a table in memory: sealed, tried again, given up, forgotten."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import aiosmtplib
import pytest

from groundplan_backend.mail import repository
from groundplan_backend.mail.message import Message
from groundplan_backend.mail.service import TRIES, Outbox
from groundplan_backend.settings import Secret

_LETTER = Message("ada@example.org", "a link", "https://console/#worth-a-password")


class _Pool:
    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        yield None


class _Table:
    """The outbox's table; all mails are due at once."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.waits: list[float] = []
        self.seen: set[UUID] = set()

    async def insert(self, _: Any, mail: UUID, sealed: bytes) -> None:
        row = {"id": mail, "sealed": sealed, "created_at": datetime.now(UTC), "attempts": 0}
        self.rows.append({**row, "state": "due"})

    async def take(self, _: Any) -> Any:
        due = (row for row in self.rows if row["state"] == "due" and row["id"] not in self.seen)
        found = next(due, None)
        self.seen |= {found["id"]} if found else set()
        return found

    async def sent(self, _: Any, mail: UUID) -> None:
        self._row(mail).update(state="sent", sealed=b"")

    async def failed(self, _: Any, mail: UUID, wait: float, *, give_up: bool) -> None:
        self.waits.append(wait)
        row = self._row(mail)
        row.update(attempts=row["attempts"] + 1, state="given up" if give_up else "due")

    def _row(self, mail: UUID) -> dict[str, Any]:
        return next(row for row in self.rows if row["id"] == mail)

    def later(self) -> None:
        """Let the waits pass."""
        self.seen.clear()


class _Office:
    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.sent: list[tuple[str, bytes]] = []

    async def send(self, mail: UUID, recipient: str, letter: bytes) -> None:
        """Fail as often as there are errors, then take what comes."""
        if self.errors:
            raise self.errors.pop(0)
        self.sent.append((recipient, letter))


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> _Table:
    """An empty table in the repository's place."""
    made = _Table()
    for name in ("insert", "take", "sent", "failed"):
        monkeypatch.setattr(repository, name, getattr(made, name))
    return made


def _outbox(office: _Office | None, key: str = "ab") -> Outbox:
    return Outbox(_Pool(), Secret(key * 32), office, "us@example.org")  # type: ignore[arg-type]


async def test_a_mail_is_sealed_until_it_is_sent_and_then_forgotten(table: _Table) -> None:
    """Who reads the table learns no link, before or after."""
    office = _Office()
    outbox = _outbox(office)
    await outbox.put(None, _LETTER)
    assert b"worth-a-password" not in table.rows[0]["sealed"]
    await outbox.deliver()
    ((recipient, letter),) = office.sent
    assert "ada@example.org" == recipient
    assert b"worth-a-password" in letter
    assert ("sent", b"") == (table.rows[0]["state"], table.rows[0]["sealed"])


async def test_a_post_office_that_is_down_is_tried_again(table: _Table) -> None:
    """Ever later; the mail arrives once it is up."""
    office = _Office(OSError("down"), aiosmtplib.SMTPServerDisconnected("gone"))
    outbox = _outbox(office)
    await outbox.put(None, _LETTER)
    for _ in range(3):
        await outbox.deliver()
        table.later()
    assert 1 == len(office.sent)
    assert [15.0, 30.0] == table.waits


async def test_a_mail_that_nobody_takes_is_given_up(table: _Table) -> None:
    """After the last try, or at once when the address is refused."""
    outbox = _outbox(_Office(*[OSError("down")] * TRIES))
    await outbox.put(None, _LETTER)
    for _ in range(TRIES + 1):
        await outbox.deliver()
        table.later()
    assert (TRIES, "given up") == (table.rows[0]["attempts"], table.rows[0]["state"])
    refused = aiosmtplib.SMTPRecipientsRefused([])
    outbox = _outbox(_Office(refused))
    await outbox.put(None, _LETTER)
    await outbox.deliver()
    assert (1, "given up") == (table.rows[1]["attempts"], table.rows[1]["state"])


async def test_one_bad_mail_does_not_hold_up_the_others(table: _Table) -> None:
    """What was sealed with another key is given up, what follows is sent."""
    await _outbox(None, "cd").put(None, _LETTER)
    office = _Office()
    outbox = _outbox(office)
    await outbox.put(None, _LETTER)
    await outbox.deliver()
    assert ["given up", "sent"] == [row["state"] for row in table.rows]


async def test_without_a_post_office_mails_wait(table: _Table) -> None:
    """Nothing is lost before one is set."""
    outbox = _outbox(None)
    await outbox.put(None, _LETTER)
    await outbox.deliver()
    assert "due" == table.rows[0]["state"]
