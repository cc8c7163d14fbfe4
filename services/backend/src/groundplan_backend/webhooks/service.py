"""Keeps webhooks, and queues events for them in the transaction of what happened."""

import uuid
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from msgspec import UNSET

from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.errors import Conflict, InvalidRequest, NotFound
from groundplan_backend.http import precondition, reply
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.idempotency.service import Claim, Idempotency
from groundplan_backend.postgres.pool import Connection, Pool
from groundplan_backend.webhooks import repository, schemas
from groundplan_backend.webhooks.address import Addresses, AddressRefused
from groundplan_backend.webhooks.signature import Secrets
from groundplan_contracts.problem import FieldError

MOST: Final = 50
PING: Final = "webhook.ping"
_FIRST: Final = (datetime(1970, 1, 1, tzinfo=UTC), UUID(int=0))
_NEWEST: Final = (datetime(9999, 1, 1, tzinfo=UTC), UUID(int=2**128 - 1))


async def enqueue(
    connection: Connection, event: int, kind: str, environment: str | None, body: bytes
) -> None:
    """Queue an event for every webhook that asked for it; it is sent once that is committed."""
    await repository.enqueue(connection, event, kind, environment, body)


class WebhookService:
    """Who is told of what."""

    def __init__(
        self,
        pool: Pool,
        idempotency: Idempotency,
        cursors: Cursors,
        addresses: Addresses,
        secrets: Secrets,
    ) -> None:
        self._pool = pool
        self._idempotency = idempotency
        self._cursors = cursors
        self._addresses = addresses
        self._secrets = secrets

    async def webhooks(self, query: schemas.WebhookQuery) -> schemas.WebhookPage:
        """Return a page of webhooks, oldest first."""
        after = _place(self._cursors.read("webhooks", query.after)) if query.after else _FIRST
        rows = await repository.list_webhooks(self._pool, after, query.limit + 1)
        items = [schemas.Webhook(**row) for row in rows[: query.limit]]
        more = len(rows) > query.limit
        following = self._cursors.write("webhooks", _key(items[-1])) if more else None
        return schemas.WebhookPage(items=items, next=following)

    async def webhook(self, webhook: UUID) -> schemas.Webhook:
        """Return one webhook.

        Raises:
            NotFound: there is none.
        """
        async with self._pool.connection() as connection:
            return await _read(connection, webhook)

    async def create(
        self, new: schemas.NewWebhook, key: str | None, actor: Actor
    ) -> schemas.MadeWebhook:
        """Make a webhook and return it with its secret.

        Raises:
            InvalidRequest: it may not send there.
            Conflict: there are as many as there may be.
        """
        self._check(new.url)

        async def insert(connection: Connection) -> bytes:
            if await repository.count(connection) >= MOST:
                raise Conflict(f"there may be {MOST} webhooks")
            webhook = uuid.uuid4()
            _, sealed = self._secrets.make(str(webhook))
            row = (webhook, new.url, sealed, new.types, new.environment, actor.subject)
            await repository.insert(connection, row)
            detail = {"url": new.url, "types": new.types, "environment": new.environment}
            await audit.record(connection, actor, Event("webhook.create", str(webhook), detail))
            return webhook.bytes

        # What is kept for the key is the id only: the secret lies sealed, and nowhere else.
        claim = Claim(actor.subject, "POST webhooks", key, reply.encode(new)) if key else None
        webhook = UUID(bytes=await self._idempotency.create(claim, insert))
        async with self._pool.connection() as connection:
            row = await repository.read(connection, webhook)
            if row is None:
                raise NotFound("the webhook was deleted since")
            sealed = await repository.read_sealed(connection, webhook)
        return schemas.MadeWebhook(**row, secret=self._secrets.open(str(webhook), sealed))

    async def change(
        self,
        webhook: UUID,
        change: schemas.WebhookChange,
        headers: dict[bytes, bytes],
        actor: Actor,
    ) -> schemas.Webhook:
        """Change what is given.

        Raises:
            NotFound: there is no such webhook.
            InvalidRequest: it may not send there.
            PreconditionFailed: it has changed since `If-Match`.
        """
        if change.url:
            self._check(change.url)
        async with self._pool.transaction() as connection:
            row = await repository.lock(connection, webhook)
            if row is None:
                raise NotFound("there is no such webhook")
            precondition.check(headers, row["revision"])
            before = {name: row[name] for name in ("url", "types", "environment", "enabled")}
            after = before | _given(change)
            await repository.update(connection, (webhook, *after.values()))
            event = Event("webhook.update", str(webhook), before=before, after=after)
            await audit.record(connection, actor, event)
            return await _read(connection, webhook)

    async def delete(self, webhook: UUID, headers: dict[bytes, bytes], actor: Actor) -> None:
        """Delete a webhook and its log.

        Raises:
            NotFound: there is none.
            PreconditionFailed: it has changed since `If-Match`.
        """
        async with self._pool.transaction() as connection:
            row = await repository.lock(connection, webhook)
            if row is None:
                raise NotFound("there is no such webhook")
            precondition.check(headers, row["revision"])
            url = await repository.delete(connection, webhook)
            await audit.record(
                connection, actor, Event("webhook.delete", str(webhook), {"url": url})
            )

    async def deliveries(
        self, webhook: UUID, query: schemas.WebhookQuery
    ) -> schemas.WebhookDeliveryPage:
        """Return a page of what was sent, latest first.

        Raises:
            NotFound: there is no such webhook.
        """
        await self.webhook(webhook)
        listing = f"deliveries:{webhook}"
        after = _place(self._cursors.read(listing, query.after)) if query.after else _NEWEST
        rows = await repository.list_deliveries(self._pool, webhook, after, query.limit + 1)
        items = [schemas.WebhookDelivery(**row) for row in rows[: query.limit]]
        more = len(rows) > query.limit
        following = self._cursors.write(listing, _key(items[-1])) if more else None
        return schemas.WebhookDeliveryPage(items=items, next=following)

    async def resend(self, webhook: UUID, delivery: UUID, actor: Actor) -> schemas.WebhookDelivery:
        """Queue a delivery anew.

        Raises:
            NotFound: there is none.
        """
        async with self._pool.transaction() as connection:
            row = await repository.resend(connection, webhook, delivery)
            if row is None:
                raise NotFound("there is no such delivery")
            detail = {"delivery": delivery}
            await audit.record(connection, actor, Event("webhook.resend", str(webhook), detail))
        return schemas.WebhookDelivery(**row)

    async def ping(self, webhook: UUID, actor: Actor) -> schemas.WebhookDelivery:
        """Queue a ping.

        Raises:
            NotFound: there is no such webhook.
        """
        async with self._pool.transaction() as connection:
            await _read(connection, webhook)
            body = reply.encode({"type": PING, "webhook": webhook, "at": datetime.now(UTC)})
            row = await repository.ping(connection, uuid.uuid4(), webhook, PING, body)
            await audit.record(connection, actor, Event("webhook.ping", str(webhook)))
        return schemas.WebhookDelivery(**row)

    def _check(self, url: str) -> None:
        try:
            self._addresses.check(url)
        except AddressRefused as error:
            fault = FieldError("url", str(error))
            raise InvalidRequest("the body is not as described", errors=[fault]) from error


async def _read(connection: Connection, webhook: UUID) -> schemas.Webhook:
    row = await repository.read(connection, webhook)
    if row is None:
        raise NotFound("there is no such webhook")
    return schemas.Webhook(**row)


def _given(change: schemas.WebhookChange) -> dict[str, Any]:
    names = ("url", "types", "environment", "enabled")
    found = {name: getattr(change, name) for name in names}
    return {name: value for name, value in found.items() if value is not UNSET}


def _key(last: schemas.Webhook | schemas.WebhookDelivery) -> str:
    return f"{last.created_at.isoformat()} {last.id}"


def _place(key: str) -> tuple[datetime, UUID]:
    created_at, number = key.split(" ")
    return datetime.fromisoformat(created_at), UUID(number)
