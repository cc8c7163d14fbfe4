"""Channels of notifications on the wire; an address that is a secret is shown shortened."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from groundplan_backend.incidents.schemas import Cursor, Page, Severity, Wire

Kind = Literal["mail", "slack"]
ChannelName = Annotated[
    str, Meta(min_length=1, max_length=63, pattern="^[a-z0-9][a-z0-9-]*$(?!\\n)")
]
Target = Annotated[
    str,
    Meta(
        min_length=3,
        max_length=2000,
        pattern="^[!-~]+$(?!\\n)",
        description="a mail address, or the URL of an incoming webhook as Slack makes them",
        examples=["on-call@groundplan.example"],
    ),
]
Severities = Annotated[
    list[Severity], Meta(max_length=2, description="which severities; none means all")
]


class NewChannel(Wire):
    """Where people are to be told of incidents."""

    name: ChannelName
    kind: Kind
    target: Target
    severities: Severities = []  # noqa: RUF012


class ChannelChange(Wire):
    """What to change."""

    name: ChannelName | UnsetType = UNSET
    target: Target | UnsetType = UNSET
    severities: Severities | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET


class Channel(Wire):
    """Where people are told; of a secret address `target` shows the host only.

    `last_attempted_at` and `last_problem` are of what goes to an address; mails have an outbox.
    """

    id: UUID
    name: str
    kind: Kind
    target: str
    severities: list[str]
    enabled: bool
    revision: int
    created_by: str | None
    created_at: datetime
    updated_at: datetime
    last_attempted_at: datetime | None
    last_problem: str | None


class ChannelPage(Wire):
    """Channels, by name."""

    items: list[Channel]
    next: str | None


class ChannelQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Which part of the list."""

    limit: Page = 50
    after: Cursor = UNSET
