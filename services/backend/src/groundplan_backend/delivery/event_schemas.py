"""What happened, on the wire: in lists, in the stream and in webhooks, always the same object."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from groundplan_backend.delivery.schemas import (
    ArtifactKind,
    Cursor,
    Decision,
    Name,
    Page,
    State,
    Wire,
)

Type = Literal[
    "release.created",
    "deployment.created",
    "deployment.state",
    "deployment.taken",
    "deployment.approval",
    "deployment.progress",
    "deployment.artifact",
]
EventId = Annotated[int, Meta(ge=0, le=9_007_199_254_740_991)]


class DeliveryEvent(Wire):
    """One thing that happened; a larger `id` is later.

    `by` is an e-mail address, or the name of a service or an agent; what does not belong to the
    type is left out.
    """

    id: int
    at: datetime
    type: Type
    by: str
    services: list[str]
    environment: str | UnsetType = UNSET
    deployment: UUID | UnsetType = UNSET
    release: UUID | UnsetType = UNSET
    version: str | UnsetType = UNSET
    state: State | UnsetType = UNSET
    previous: State | UnsetType = UNSET
    reason: str | UnsetType = UNSET
    decision: Decision | UnsetType = UNSET
    message: str | UnsetType = UNSET
    done: int | UnsetType = UNSET
    total: int | UnsetType = UNSET
    artifact: UUID | UnsetType = UNSET
    kind: ArtifactKind | UnsetType = UNSET


class DeliveryEventPage(Wire):
    """Events, oldest first."""

    items: list[DeliveryEvent]
    next: str | None


class EventQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Which part of a deployment's events."""

    limit: Page = 50
    after: Cursor = UNSET


class StreamQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What to follow; `after` is the id of the last event that is known, 0 for all there are.

    Without `after` the stream begins with what happens next. `Last-Event-ID` goes before it.
    """

    after: EventId | UnsetType = UNSET
    environment: Name | UnsetType = UNSET
    service: Name | UnsetType = UNSET
    deployment: UUID | UnsetType = UNSET
