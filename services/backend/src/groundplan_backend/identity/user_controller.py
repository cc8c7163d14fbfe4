"""Routes of the administrator: the users and what they may do."""

from uuid import UUID

from groundplan_backend.errors import Conflict
from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_backend.identity import schemas
from groundplan_backend.identity.controller import actor
from groundplan_backend.identity.user_service import UserService
from groundplan_contracts.identity import Role

_USERS = "/api/v1/identity/users"
_USER = f"{_USERS}/{{user:uuid}}"


class UserController:
    """Answers for `/api/v1/identity/users`."""

    def __init__(self, service: UserService) -> None:
        self._service = service

    @operation(
        "GET",
        _USERS,
        "List the users",
        role=Role.ADMINISTRATOR,
        query=schemas.UserQuery,
        answer=schemas.UserPage,
    )
    async def list_users(self, exchange: Exchange, query: schemas.UserQuery) -> Reply:
        """List by e-mail address."""
        return reply.json(await self._service.list(query))

    @operation(
        "POST",
        _USERS,
        "Create a user",
        role=Role.ADMINISTRATOR,
        status=201,
        body=schemas.NewUser,
        answer=schemas.User,
        idempotent=True,
        errors=(Conflict,),
    )
    async def create_user(
        self, exchange: Exchange, body: schemas.NewUser, key: str | None
    ) -> Reply:
        """Create with a role and a first password."""
        created = await self._service.create(body, key, actor(exchange))
        return reply.json_bytes(created, status=201)

    @operation("GET", _USER, "Read a user", role=Role.ADMINISTRATOR, answer=schemas.User)
    async def read_user(self, exchange: Exchange, user: UUID) -> Reply:
        """Read one."""
        return reply.json(await self._service.read(user))

    @operation(
        "PATCH",
        _USER,
        "Change a user's role, password, or whether he may sign in",
        role=Role.ADMINISTRATOR,
        body=schemas.UserChange,
        answer=schemas.User,
        errors=(Conflict,),
    )
    async def update_user(self, exchange: Exchange, user: UUID, body: schemas.UserChange) -> Reply:
        """Change; the user's sessions end."""
        return reply.json(await self._service.update(user, body, actor(exchange)))

    @operation(
        "DELETE",
        _USER,
        "Delete a user",
        role=Role.ADMINISTRATOR,
        status=204,
        errors=(Conflict,),
    )
    async def delete_user(self, exchange: Exchange, user: UUID) -> Reply:
        """Delete; the user's sessions end."""
        await self._service.delete(user, actor(exchange))
        return reply.empty()
