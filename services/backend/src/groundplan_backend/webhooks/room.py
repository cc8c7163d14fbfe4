"""The wiring of webhooks: who judges addresses, who keeps secrets, who sends."""

from typing import Any, Final

from groundplan_backend.background import Job
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.idempotency.service import Idempotency
from groundplan_backend.observability.metrics import Metrics
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.settings import Settings
from groundplan_backend.webhooks import repository
from groundplan_backend.webhooks.address import Addresses
from groundplan_backend.webhooks.controller import WebhookController
from groundplan_backend.webhooks.sender import Sender
from groundplan_backend.webhooks.service import WebhookService
from groundplan_backend.webhooks.signature import Secrets

PUBLISHED: Final = (WebhookController,)
_FORGET_EVERY: Final = 3600.0


class Webhooks:
    """Everything that webhooks are made of, in one replica."""

    def __init__(
        self,
        pool: Pool,
        metrics: Metrics,
        idempotency: Idempotency,
        cursors: Cursors,
        settings: Settings,
    ) -> None:
        addresses = Addresses(settings.webhook_allow)
        secrets = Secrets(settings.key_encryption_key)
        self._pool = pool
        self._sender = Sender(pool, metrics, addresses, secrets)
        self._service = WebhookService(pool, idempotency, cursors, addresses, secrets)

    def controllers(self) -> list[Any]:
        """Return the controllers, in the order of `PUBLISHED`."""
        return [WebhookController(self._service)]

    def jobs(self) -> list[Job]:
        """Return what runs beside the requests."""
        return [
            Job("send webhooks", self._sender.run, 1.0),
            Job("forget webhook log", lambda: repository.forget(self._pool), _FORGET_EVERY),
        ]
