"""Sign-in at a provider on the wire."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from groundplan_backend.identity.schemas import Wire

_Text = Annotated[str, Meta(max_length=2048)]


class OidcProvider(Wire):
    """Where else one can sign in; `name` is null when no provider is set."""

    enabled: bool
    name: str | None


class OidcStart(Wire):
    """Where the browser has to go next."""

    location: str


class OidcCallback(msgspec.Struct, frozen=True):
    """What the provider sends back; providers add parameters of their own."""

    state: _Text | UnsetType = UNSET
    code: _Text | UnsetType = UNSET
    error: _Text | UnsetType = UNSET


class OidcLink(Wire):
    """Who the caller is at the provider."""

    issuer: str
    subject: str
    email: str | None
    created_at: datetime


class OidcLinks(Wire):
    """The caller's links, one for the provider that is set, or none."""

    items: list[OidcLink]
    next: str | None
