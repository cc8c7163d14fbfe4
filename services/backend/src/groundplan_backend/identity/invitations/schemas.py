"""Invitations on the wire."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from groundplan_backend.identity.schemas import Email, NewPassword, RoleWord, Wire

OneTimeToken = Annotated[
    str, Meta(pattern="^[A-Za-z0-9_-]{43}$", description="from the link in the mail")
]


class InvitationQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Which part of the list."""

    limit: Annotated[int, Meta(ge=1, le=100)] = 50
    after: Annotated[str, Meta(min_length=1, max_length=512)] | UnsetType = UNSET


class NewInvitation(Wire):
    """Whom to invite, and as what."""

    email: Email
    role: RoleWord

    def __post_init__(self) -> None:
        self.email = self.email.strip().lower()


class Invitation(Wire):
    """An invitation; only an open or expired one can be sent again."""

    id: UUID
    email: str
    role: RoleWord
    state: Literal["open", "accepted", "revoked", "expired"]
    invited_by: UUID | None
    created_at: datetime
    expires_at: datetime


class InvitationPage(Wire):
    """Invitations, latest first."""

    items: list[Invitation]
    next: str | None


class AcceptInvitation(Wire):
    """The token of the link, and the password that the new user chooses."""

    token: OneTimeToken
    password: NewPassword


class AcceptedInvitation(Wire):
    """Who can sign in from now on."""

    email: str
    role: RoleWord
