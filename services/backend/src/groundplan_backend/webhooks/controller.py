"""Routes of webhooks, for administrators."""

from uuid import UUID

from groundplan_backend.audit.service import Actor
from groundplan_backend.errors import Conflict, PreconditionFailed
from groundplan_backend.http import precondition, reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_backend.webhooks import schemas
from groundplan_backend.webhooks.service import WebhookService
from groundplan_contracts.identity import Role

_WEBHOOKS = "/api/v1/delivery/webhooks"
_WEBHOOK = f"{_WEBHOOKS}/{{webhook:uuid}}"
_DELIVERIES = f"{_WEBHOOK}/deliveries"


class WebhookController:
    """Answers for `/api/v1/delivery/webhooks`."""

    def __init__(self, service: WebhookService) -> None:
        self._service = service

    @operation(
        "GET",
        _WEBHOOKS,
        "List the webhooks",
        role=Role.ADMINISTRATOR,
        query=schemas.WebhookQuery,
        answer=schemas.WebhookPage,
        replicated=True,
    )
    async def list_webhooks(self, exchange: Exchange, query: schemas.WebhookQuery) -> Reply:
        """List, oldest first."""
        return reply.json(await self._service.webhooks(query))

    @operation(
        "POST",
        _WEBHOOKS,
        "Create a webhook",
        role=Role.ADMINISTRATOR,
        status=201,
        body=schemas.NewWebhook,
        answer=schemas.MadeWebhook,
        errors=(Conflict,),
        idempotent=True,
    )
    async def create_webhook(
        self, exchange: Exchange, body: schemas.NewWebhook, key: str | None
    ) -> Reply:
        """Create; no other answer holds the secret."""
        made = await self._service.create(body, key, Actor.of(exchange))
        return reply.json(made, status=201, headers=[precondition.etag(made.revision)])

    @operation("GET", _WEBHOOK, "Read a webhook", role=Role.ADMINISTRATOR, answer=schemas.Webhook)
    async def read_webhook(self, exchange: Exchange, webhook: UUID) -> Reply:
        """Read one."""
        return _versioned(await self._service.webhook(webhook))

    @operation(
        "PATCH",
        _WEBHOOK,
        "Change a webhook",
        role=Role.ADMINISTRATOR,
        body=schemas.WebhookChange,
        answer=schemas.Webhook,
        errors=(PreconditionFailed,),
        reads=precondition.READS,
    )
    async def update_webhook(
        self, exchange: Exchange, webhook: UUID, body: schemas.WebhookChange
    ) -> Reply:
        """Change what is given."""
        return _versioned(
            await self._service.change(webhook, body, exchange.headers, Actor.of(exchange))
        )

    @operation(
        "DELETE",
        _WEBHOOK,
        "Delete a webhook",
        role=Role.ADMINISTRATOR,
        status=204,
        errors=(PreconditionFailed,),
        reads=precondition.READS,
    )
    async def delete_webhook(self, exchange: Exchange, webhook: UUID) -> Reply:
        """Delete it with its log."""
        await self._service.delete(webhook, exchange.headers, Actor.of(exchange))
        return reply.empty()

    @operation(
        "GET",
        _DELIVERIES,
        "List what was sent to a webhook",
        role=Role.ADMINISTRATOR,
        query=schemas.WebhookQuery,
        answer=schemas.WebhookDeliveryPage,
    )
    async def list_webhook_deliveries(
        self, exchange: Exchange, webhook: UUID, query: schemas.WebhookQuery
    ) -> Reply:
        """List, latest first; kept for a week."""
        return reply.json(await self._service.deliveries(webhook, query))

    @operation(
        "POST",
        f"{_DELIVERIES}/{{delivery:uuid}}/attempts",
        "Send once more",
        role=Role.ADMINISTRATOR,
        status=202,
        answer=schemas.WebhookDelivery,
    )
    async def resend_webhook_delivery(
        self, exchange: Exchange, webhook: UUID, delivery: UUID
    ) -> Reply:
        """Send now, and for a day from now."""
        resent = await self._service.resend(webhook, delivery, Actor.of(exchange))
        return reply.json(resent, status=202)

    @operation(
        "POST",
        f"{_WEBHOOK}/pings",
        "Send a webhook a ping",
        role=Role.ADMINISTRATOR,
        status=202,
        answer=schemas.WebhookDelivery,
    )
    async def ping_webhook(self, exchange: Exchange, webhook: UUID) -> Reply:
        """Queue an event of the type `webhook.ping`."""
        return reply.json(await self._service.ping(webhook, Actor.of(exchange)), status=202)


def _versioned(webhook: schemas.Webhook) -> Reply:
    return reply.json(webhook, headers=[precondition.etag(webhook.revision)])
