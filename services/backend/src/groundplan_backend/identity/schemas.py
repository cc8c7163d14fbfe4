"""Identity on the wire: what clients send and get, checked by type, length and pattern."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from groundplan_backend.identity import device_names

RoleWord = Literal["viewer", "operator", "administrator"]
Email = Annotated[
    str,
    Meta(
        pattern="^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63}){0,8}$(?!\\n)",
        max_length=254,
        examples=["ada@groundplan.example"],
    ),
]
Password = Annotated[
    str, Meta(min_length=1, max_length=256, description="any characters, never shortened")
]
NewPassword = Annotated[
    str, Meta(min_length=12, max_length=256, description="at least 12 characters of any kind")
]


class Wire(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """An object on the wire; unknown fields are refused."""


def _address(email: str) -> str:
    if email != email.strip():
        raise ValueError("an e-mail address has no space around it")
    return email.lower()


class SignIn(Wire):
    """An e-mail address and its password. `delivery` "body" returns the refresh token in it."""

    email: Email
    password: Password
    delivery: Literal["cookie", "body"] = "cookie"

    def __post_init__(self) -> None:
        self.email = _address(self.email)


class Refresh(Wire):
    """A refresh token, by those who do not keep it in the cookie."""

    refresh_token: Annotated[str, Meta(min_length=1, max_length=128)]


class SignedInUser(Wire):
    """The user that is signed in."""

    id: UUID
    email: str
    role: RoleWord


class SignedIn(Wire):
    """An access token and whom it stands for; `expires_in` is in seconds."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    user: SignedInUser
    refresh_token: str | UnsetType = UNSET


class Me(Wire):
    """The caller; `mfa` tells whether he has a second factor, `mfa_required` whether he must."""

    id: UUID
    email: str
    role: RoleWord
    session: UUID
    mfa: bool
    mfa_required: bool


class Session(Wire):
    """One sign-in that has not ended; `current` marks the caller's own."""

    id: UUID
    created_at: datetime
    last_seen_at: datetime
    address: str
    agent: str
    current: bool
    device: str = ""
    """The browser and system that the agent names."""

    def __post_init__(self) -> None:
        self.device = device_names.name(self.agent)


class SessionPage(Wire):
    """Sessions, latest first."""

    items: list[Session]
    next: str | None


class JsonWebKey(Wire):
    """A public key in RFC 7517 form."""

    kty: Literal["EC"]
    crv: Literal["P-256"]
    x: str
    y: str
    use: Literal["sig"]
    alg: Literal["ES256"]
    kid: str


class JsonWebKeySet(Wire):
    """The keys that access tokens may be signed with, now and next."""

    keys: list[JsonWebKey]


class User(Wire):
    """A person who may sign in; `mfa` tells whether he has a second factor."""

    id: UUID
    email: str
    role: RoleWord
    disabled: bool
    created_at: datetime
    updated_at: datetime
    mfa: bool


class UserPage(Wire):
    """Users by e-mail address."""

    items: list[User]
    next: str | None


class UserQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Which part of the list."""

    limit: Annotated[int, Meta(ge=1, le=100)] = 50
    after: Annotated[str, Meta(min_length=1, max_length=512)] | UnsetType = UNSET


class NewUser(Wire):
    """A user to be."""

    email: Email
    password: NewPassword
    role: RoleWord

    def __post_init__(self) -> None:
        self.email = _address(self.email)


class UserChange(Wire):
    """What to change; a new role, a new password or `disabled` end the user's sessions."""

    role: RoleWord | UnsetType = UNSET
    disabled: bool | UnsetType = UNSET
    password: NewPassword | UnsetType = UNSET
