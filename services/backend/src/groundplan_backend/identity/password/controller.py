"""Routes of one's own password: change it, ask for a reset, reset it."""

from groundplan_backend.errors import (
    AccountLocked,
    Conflict,
    InvalidProof,
    MailLinkEnded,
    PasswordRefused,
)
from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_backend.identity.controller import actor, origin
from groundplan_backend.identity.password import schemas
from groundplan_backend.identity.password.service import PasswordService
from groundplan_contracts.identity import Role

_CHANGE = "/api/v1/identity/password"
_RESET = "/api/v1/identity/password-reset"


class PasswordController:
    """Answers for `/api/v1/identity/password` and `/api/v1/identity/password-reset`."""

    def __init__(self, service: PasswordService) -> None:
        self._service = service

    @operation(
        "POST",
        _CHANGE,
        "Change the caller's password",
        role=Role.VIEWER,
        status=204,
        body=schemas.PasswordChange,
        errors=(InvalidProof, AccountLocked, PasswordRefused, Conflict),
    )
    async def change_password(self, exchange: Exchange, body: schemas.PasswordChange) -> Reply:
        """Change it; all other sessions of the caller end."""
        caller = exchange.signed_in()
        await self._service.change(caller.subject, caller.session, body, actor(exchange))
        return reply.empty()

    @operation(
        "POST",
        _RESET,
        "Ask for a mail with a link to reset a password",
        status=202,
        body=schemas.PasswordResetRequest,
    )
    async def request_password_reset(
        self, exchange: Exchange, body: schemas.PasswordResetRequest
    ) -> Reply:
        """Answer the same, in the same time, whether or not somebody has this address."""
        await self._service.request_reset(body.email, origin(exchange))
        return reply.accepted()

    @operation(
        "POST",
        f"{_RESET}/complete",
        "Reset a password with the link from the mail",
        status=204,
        body=schemas.PasswordReset,
        errors=(MailLinkEnded, PasswordRefused),
    )
    async def reset_password(self, exchange: Exchange, body: schemas.PasswordReset) -> Reply:
        """Set it; all sessions and API tokens end, and a second factor stays due."""
        await self._service.reset(body, origin(exchange))
        return reply.empty()
