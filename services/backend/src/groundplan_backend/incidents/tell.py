"""Tells of an incident, in the transaction of what happened: webhooks, mail, Slack.

Nothing is sent here: it is queued, so that nobody is told of what did not happen and nothing is
lost with a replica.
"""

import uuid
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from cryptography.exceptions import InvalidTag

from groundplan_backend.http import reply
from groundplan_backend.incidents import channel_repository, message
from groundplan_backend.incidents.schemas import IncidentNotice
from groundplan_backend.incidents.sealing import Addresses
from groundplan_backend.mail.service import Outbox
from groundplan_backend.postgres.pool import Connection
from groundplan_backend.webhooks import service as webhooks

Kind = Literal[
    "incident.opened",
    "incident.acknowledged",
    "incident.resolved",
    "incident.reopened",
    "incident.escalated",
]
_TO_PEOPLE: Final = frozenset(
    {"incident.opened", "incident.resolved", "incident.reopened", "incident.escalated"}
)


class Teller:
    """Queues what is to be told; `environment` and `public_url` stand in every message."""

    def __init__(
        self, outbox: Outbox, addresses: Addresses, environment: str, public_url: str
    ) -> None:
        self._outbox = outbox
        self._addresses = addresses
        self._environment = environment
        self._public_url = public_url

    async def tell(
        self, connection: Connection, kind: Kind, incident: Any, entry: int, at: datetime
    ) -> None:
        """Tell all who want to know; `entry` is the number of the line in the timeline."""
        notice = IncidentNotice(
            id=entry,
            type=kind,
            at=at,
            incident=incident["id"],
            environment=self._environment,
            alertname=incident["alertname"],
            service=incident["service"],
            severity=incident["severity"],
            state=incident["state"],
            summary=incident["summary"],
            url=f"{self._public_url}/incidents/{incident['id']}",
        )
        body = reply.encode(notice)
        await webhooks.enqueue(connection, entry, kind, self._environment, body)
        if kind in _TO_PEOPLE:
            rows = await channel_repository.list_wanting(connection, notice.severity)
            for row in rows:
                await self.send(connection, row, notice)

    def trial(self, at: datetime) -> IncidentNotice:
        """Return a notice of nothing, to see whether it arrives."""
        return IncidentNotice(
            id=0,
            type="channel.test",
            at=at,
            incident=UUID(int=0),
            environment=self._environment,
            alertname="Test",
            service="",
            severity="ticket",
            state="open",
            summary="This is a test: whoever reads it would be told of incidents.",
            url=f"{self._public_url}/alerts",
        )

    async def send(self, connection: Connection, channel: Any, notice: IncidentNotice) -> None:
        """Queue a notice for one channel, of which id, kind and sealed address are known."""
        if channel["kind"] == "slack":
            body = message.slack(notice)
            await channel_repository.enqueue(connection, uuid.uuid4(), channel["id"], body)
            return
        try:
            address = self._addresses.opened(channel["id"], channel["sealed"])
        except InvalidTag:
            # Sealed with a key that is gone: an incident must open all the same.
            return
        await self._outbox.put(connection, message.mail(address, notice))
