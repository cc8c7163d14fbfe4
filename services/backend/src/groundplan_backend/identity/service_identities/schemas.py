"""Service identities on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from groundplan_backend.identity.schemas import RoleWord, Wire


class ServiceIdentityQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Which part of the list."""

    limit: Annotated[int, Meta(ge=1, le=100)] = 50
    after: Annotated[str, Meta(min_length=1, max_length=512)] | UnsetType = UNSET


class NewServiceIdentity(Wire):
    """A machine that shall call: its name and the most that it may do."""

    name: Annotated[
        str, Meta(pattern="^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$(?!\\n)", examples=["ci"])
    ]
    role: RoleWord


class ServiceIdentity(Wire):
    """A machine that calls with API tokens; `tokens` counts those that are live."""

    id: UUID
    name: str
    role: RoleWord
    tokens: int
    created_at: datetime


class ServiceIdentityPage(Wire):
    """Service identities by name."""

    items: list[ServiceIdentity]
    next: str | None
