"""Routes of invitations: for administrators, and for those who are invited."""

from uuid import UUID

from groundplan_backend.errors import Conflict, MailLinkEnded, PasswordRefused
from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_backend.identity.controller import actor, origin
from groundplan_backend.identity.invitations import schemas
from groundplan_backend.identity.invitations.service import InvitationService
from groundplan_contracts.identity import Role

_ALL = "/api/v1/identity/invitations"
_ONE = f"{_ALL}/{{invitation:uuid}}"


class InvitationController:
    """Answers for `/api/v1/identity/invitations`."""

    def __init__(self, service: InvitationService) -> None:
        self._service = service

    @operation(
        "GET",
        _ALL,
        "List the invitations",
        role=Role.ADMINISTRATOR,
        query=schemas.InvitationQuery,
        answer=schemas.InvitationPage,
        replicated=True,
    )
    async def list_invitations(self, exchange: Exchange, query: schemas.InvitationQuery) -> Reply:
        """List the latest first."""
        return reply.json(await self._service.list(query))

    @operation(
        "POST",
        _ALL,
        "Invite somebody by mail",
        role=Role.ADMINISTRATOR,
        step_up=True,
        status=201,
        body=schemas.NewInvitation,
        answer=schemas.Invitation,
        idempotent=True,
        errors=(Conflict,),
    )
    async def create_invitation(
        self, exchange: Exchange, body: schemas.NewInvitation, key: str | None
    ) -> Reply:
        """Send a link that works once, for three days; an older one to the address ends."""
        created = await self._service.create(body, key, actor(exchange))
        return reply.json_bytes(created, status=201)

    @operation(
        "POST",
        f"{_ONE}/send",
        "Send an invitation again",
        role=Role.ADMINISTRATOR,
        step_up=True,
        answer=schemas.Invitation,
        errors=(Conflict,),
    )
    async def send_invitation(self, exchange: Exchange, invitation: UUID) -> Reply:
        """Send a new link; the one before ends."""
        return reply.json(await self._service.send_again(invitation, actor(exchange)))

    @operation(
        "DELETE",
        _ONE,
        "Withdraw an invitation",
        role=Role.ADMINISTRATOR,
        status=204,
        errors=(Conflict,),
    )
    async def revoke_invitation(self, exchange: Exchange, invitation: UUID) -> Reply:
        """End the link."""
        await self._service.revoke(invitation, actor(exchange))
        return reply.empty()

    @operation(
        "POST",
        f"{_ALL}/accept",
        "Accept an invitation and choose a password",
        status=201,
        body=schemas.AcceptInvitation,
        answer=schemas.AcceptedInvitation,
        errors=(MailLinkEnded, Conflict, PasswordRefused),
    )
    async def accept_invitation(self, exchange: Exchange, body: schemas.AcceptInvitation) -> Reply:
        """Become a user; signing in is the next step."""
        return reply.json(await self._service.accept(body, origin(exchange)), status=201)
