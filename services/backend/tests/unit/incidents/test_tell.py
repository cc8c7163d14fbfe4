"""Who is queued to be told, and who is not."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from groundplan_backend.incidents import tell
from groundplan_backend.incidents.sealing import Addresses
from groundplan_backend.incidents.tell import Teller
from groundplan_backend.mail.message import Message
from groundplan_backend.settings import Secret

_INCIDENT = {
    "id": UUID(int=7),
    "alertname": "CacheDown",
    "service": "cache",
    "severity": "page",
    "state": "open",
    "summary": "the cache is down",
}
_AT = datetime(2026, 11, 23, tzinfo=UTC)
_ADDRESSES = Addresses(Secret("b2" * 32))


class Outbox:
    """Keeps mails."""

    def __init__(self) -> None:
        self.mails: list[Message] = []

    async def put(self, connection: Any, letter: Message) -> None:
        """Take a mail."""
        self.mails.append(letter)


class Connection:
    """Notes statements, and knows the channels that want to be told."""

    def __init__(self, channels: list[dict[str, Any]]) -> None:
        self._channels = channels
        self.executed: list[tuple[Any, ...]] = []

    async def execute(self, statement: str, *arguments: Any) -> None:
        """Note it."""
        self.executed.append(arguments)

    async def fetch(self, statement: str, *arguments: Any) -> list[dict[str, Any]]:
        """Return the channels."""
        return self._channels


def _channel(kind: str, target: str, addresses: Addresses = _ADDRESSES) -> dict[str, Any]:
    number = UUID(int=len(target))
    return {"id": number, "kind": kind, "sealed": addresses.sealed(number, target)}


@pytest.fixture
def outbox() -> Outbox:
    """Where mails go."""
    return Outbox()


@pytest.fixture
def teller(outbox: Outbox) -> Teller:
    """Of production."""
    return Teller(outbox, _ADDRESSES, "prod", "https://console.example")  # type: ignore[arg-type]


async def test_webhooks_mail_and_slack_are_told(teller: Teller, outbox: Outbox) -> None:
    """Each in its own form, in the transaction of what happened."""
    connection = Connection([_channel("mail", "a@b.example"), _channel("slack", "https://s/x")])
    await teller.tell(connection, "incident.opened", _INCIDENT, 3, _AT)
    hook, slack = connection.executed
    assert (3, "incident.opened", "prod") == hook[:3]
    assert b"Firing: CacheDown (cache)" in slack[2]
    assert ["a@b.example"] == [mail.to for mail in outbox.mails]
    assert f"https://console.example/incidents/{UUID(int=7)}" in outbox.mails[0].text


async def test_people_are_not_woken_because_somebody_is_up(teller: Teller, outbox: Outbox) -> None:
    """That one has taken it on is for programs only."""
    connection = Connection([_channel("mail", "a@b.example")])
    await teller.tell(connection, "incident.acknowledged", _INCIDENT, 4, _AT)
    assert (1, []) == (len(connection.executed), outbox.mails)


async def test_a_key_that_is_gone_keeps_no_incident_from_opening(
    teller: Teller, outbox: Outbox
) -> None:
    """The channel is left out."""
    lost = _channel("mail", "a@b.example", Addresses(Secret("00" * 32)))
    await teller.tell(Connection([lost]), "incident.opened", _INCIDENT, 5, _AT)
    assert [] == outbox.mails


def test_a_trial_says_that_it_is_one(teller: Teller) -> None:
    """Nobody takes it for an incident."""
    assert ("channel.test", 0) == (teller.trial(_AT).type, teller.trial(_AT).id)
    assert "incident.acknowledged" not in tell._TO_PEOPLE
