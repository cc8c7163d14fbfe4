"""Changes and resets of passwords on the wire."""

from typing import Annotated

from msgspec import Meta

from groundplan_backend.identity.schemas import Email, NewPassword, Password, Wire


class PasswordChange(Wire):
    """The password as it is, and as it shall be."""

    current: Password
    new: NewPassword


class PasswordResetRequest(Wire):
    """Whose password is forgotten."""

    email: Email

    def __post_init__(self) -> None:
        self.email = self.email.strip().lower()


class PasswordReset(Wire):
    """The token of the link, and the new password."""

    token: Annotated[
        str, Meta(pattern="^[A-Za-z0-9_-]{43}$", description="from the link in the mail")
    ]
    password: NewPassword
