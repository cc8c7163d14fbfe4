"""The wiring of incidents: who takes alerts, who looks after them, who is told."""

from typing import Any, Final

from groundplan_backend.background import Job
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.idempotency.service import Idempotency
from groundplan_backend.incidents import channel_repository, repository
from groundplan_backend.incidents.channel_controller import ChannelController
from groundplan_backend.incidents.channel_service import ChannelService
from groundplan_backend.incidents.controller import IncidentController
from groundplan_backend.incidents.intake_controller import IntakeController
from groundplan_backend.incidents.intake_service import IntakeService
from groundplan_backend.incidents.notifier import Notifier
from groundplan_backend.incidents.sealing import Addresses
from groundplan_backend.incidents.service import IncidentService
from groundplan_backend.incidents.tell import Teller
from groundplan_backend.mail.service import Outbox
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.settings import Settings
from groundplan_backend.webhooks.address import Addresses as Judge

PUBLISHED: Final = (IncidentController, ChannelController, IntakeController)
_FORGET_EVERY: Final = 3600.0


class Incidents:
    """Everything that incidents are made of, in one replica."""

    def __init__(
        self,
        pool: Pool,
        outbox: Outbox,
        idempotency: Idempotency,
        cursors: Cursors,
        settings: Settings,
    ) -> None:
        self._pool = pool
        judge = Judge(settings.webhook_allow)
        addresses = Addresses(settings.key_encryption_key)
        teller = Teller(outbox, addresses, settings.environment, settings.public_url)
        self._notifier = Notifier(pool, judge, addresses)
        self._controllers = [
            IncidentController(
                IncidentService(pool, idempotency, cursors, teller), settings.public_url
            ),
            ChannelController(
                ChannelService(pool, idempotency, cursors, judge, addresses, teller)
            ),
            IntakeController(IntakeService(pool, teller), settings.alert_key),
        ]

    def controllers(self) -> list[Any]:
        """Return the controllers, in the order of `PUBLISHED`."""
        return self._controllers

    def jobs(self) -> list[Job]:
        """Return what runs beside the requests."""
        return [
            Job("send notifications", self._notifier.run, 1.0),
            Job("forget incidents", lambda: repository.forget(self._pool), _FORGET_EVERY),
            Job(
                "forget notifications",
                lambda: channel_repository.forget(self._pool),
                _FORGET_EVERY,
            ),
        ]
