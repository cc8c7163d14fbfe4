"""API tokens on the wire."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from groundplan_backend.identity.schemas import RoleWord, Wire

Scope = Literal[
    "catalog:read",
    "delivery:read",
    "delivery:write",
    "artifacts:read",
    "artifacts:write",
    "audit:read",
]


class ApiTokenQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Which part of the list."""

    limit: Annotated[int, Meta(ge=1, le=100)] = 50
    after: Annotated[str, Meta(min_length=1, max_length=512)] | UnsetType = UNSET


class NewApiToken(Wire):
    """A token to be: what it is called, what it is good for, and for how many days."""

    name: Annotated[
        str,
        Meta(
            pattern="^[A-Za-z0-9]([A-Za-z0-9 ._-]{0,62}[A-Za-z0-9])?$(?!\\n)",
            max_length=64,
            examples=["nightly build"],
        ),
    ]
    scopes: Annotated[
        list[Scope],
        Meta(
            min_length=1,
            max_length=6,
            examples=[["catalog:read"]],
            extra_json_schema={"uniqueItems": True},
        ),
    ]
    days: Annotated[int, Meta(ge=1, le=365)] = 90

    def __post_init__(self) -> None:
        if len(set(self.scopes)) < len(self.scopes):
            raise ValueError("a scope stands twice")


class ApiToken(Wire):
    """An API token as it is listed; `owner` is the owner's e-mail address or a service's name."""

    id: UUID
    user: UUID
    owner: str
    name: str
    scopes: list[Scope]
    role: RoleWord
    state: Literal["live", "expired", "revoked"]
    created_by: UUID | None
    created_at: datetime
    expires_at: datetime


class CreatedApiToken(Wire):
    """A new API token; `secret` is what `Authorization: Bearer` takes, shown this once."""

    token: ApiToken
    secret: str


class ApiTokenPage(Wire):
    """API tokens, latest first."""

    items: list[ApiToken]
    next: str | None
