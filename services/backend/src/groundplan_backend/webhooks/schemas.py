"""Webhooks on the wire; a secret is shown once, when it is made.

Patterns end in `$(?!\\n)`: to Python a `$` alone stands before a last line end too.
"""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

Url = Annotated[
    str,
    Meta(
        max_length=2000,
        pattern="^https?://[A-Za-z0-9.\\[\\]:-]{1,260}(/[!-~]*)?$(?!\\n)",
        examples=["https://hooks.example/groundplan"],
    ),
]
EventType = Annotated[str, Meta(pattern="^[a-z]{1,30}\\.[a-z]{1,30}$(?!\\n)", max_length=61)]
EventTypes = Annotated[
    list[EventType],
    Meta(
        max_length=20, description="which events; none means all", examples=[["deployment.state"]]
    ),
]
Name = Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9-]{0,62}$(?!\\n)", max_length=63)]
Page = Annotated[int, Meta(ge=1, le=100)]
Cursor = Annotated[str, Meta(min_length=1, max_length=512)] | UnsetType


class Wire(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """An object on the wire; unknown fields are refused."""


class NewWebhook(Wire):
    """Where to send which events; of one environment, or of all."""

    url: Url
    types: EventTypes = []
    environment: Name | None = None


class WebhookChange(Wire):
    """What to change."""

    url: Url | UnsetType = UNSET
    types: EventTypes | UnsetType = UNSET
    environment: Name | UnsetType | None = UNSET
    enabled: bool | UnsetType = UNSET


class Webhook(Wire):
    """A receiver of events."""

    id: UUID
    url: str
    types: list[str]
    environment: str | None
    enabled: bool
    revision: int
    created_by: str | None
    created_at: datetime
    updated_at: datetime


class MadeWebhook(Webhook):
    """A webhook with the secret that signs what is sent to it."""

    secret: str


class WebhookPage(Wire):
    """Webhooks, oldest first."""

    items: list[Webhook]
    next: str | None


class WebhookQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Which part of the list."""

    limit: Page = 50
    after: Cursor = UNSET


class WebhookDelivery(Wire):
    """One event on its way to one webhook; `status` and `problem` are of the last attempt."""

    id: UUID
    event: int
    type: str
    state: Literal["pending", "delivered", "failed"]
    attempts: int
    due_at: datetime | None
    attempted_at: datetime | None
    status: int | None
    problem: str | None
    created_at: datetime


class WebhookDeliveryPage(Wire):
    """Deliveries of a webhook, latest first."""

    items: list[WebhookDelivery]
    next: str | None
