"""Routes of devices: end one's other sessions; see and end those of others."""

from uuid import UUID

from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_backend.identity import schemas
from groundplan_backend.identity.controller import actor
from groundplan_backend.identity.devices.service import DeviceService
from groundplan_contracts.identity import Role

_OWN = "/api/v1/identity/sessions"
_OF_USER = "/api/v1/identity/users/{user:uuid}/sessions"


class DeviceController:
    """Answers for the sessions of users, beside one's own."""

    def __init__(self, service: DeviceService) -> None:
        self._service = service

    @operation(
        "DELETE",
        _OWN,
        "End all sessions of the caller but this one",
        role=Role.VIEWER,
        status=204,
    )
    async def delete_other_sessions(self, exchange: Exchange) -> Reply:
        """End them; every gateway refuses their tokens from now on."""
        caller = exchange.signed_in()
        await self._service.end_others(caller.subject, caller.session, actor(exchange))
        return reply.empty()

    @operation(
        "GET",
        _OF_USER,
        "List the sessions of a user",
        role=Role.ADMINISTRATOR,
        answer=schemas.SessionPage,
    )
    async def list_user_sessions(self, exchange: Exchange, user: UUID) -> Reply:
        """List sessions that have not ended."""
        caller = exchange.signed_in()
        return reply.json(await self._service.list(user, caller.session))

    @operation(
        "DELETE",
        _OF_USER,
        "End all sessions of a user",
        role=Role.ADMINISTRATOR,
        status=204,
    )
    async def delete_user_sessions(self, exchange: Exchange, user: UUID) -> Reply:
        """End them; every gateway refuses their tokens from now on."""
        await self._service.end_all(user, actor(exchange))
        return reply.empty()

    @operation(
        "DELETE",
        f"{_OF_USER}/{{session:uuid}}",
        "End one session of a user",
        role=Role.ADMINISTRATOR,
        status=204,
    )
    async def delete_user_session(self, exchange: Exchange, user: UUID, session: UUID) -> Reply:
        """End it; every gateway refuses its tokens from now on."""
        await self._service.end_one(user, session, actor(exchange))
        return reply.empty()
