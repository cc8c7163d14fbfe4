"""Routes of the administrator: the users and what they may do."""

from uuid import UUID

from groundplan_backend.errors import Conflict, PasswordRefused, PreconditionFailed
from groundplan_backend.http import precondition, reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_backend.identity import schemas
from groundplan_backend.identity.controller import actor
from groundplan_backend.identity.user_service import UserService, revision
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
        replicated=True,
    )
    async def list_users(self, exchange: Exchange, query: schemas.UserQuery) -> Reply:
        """List by e-mail address."""
        return reply.json(await self._service.list(query))

    @operation(
        "POST",
        _USERS,
        "Create a user",
        role=Role.ADMINISTRATOR,
        step_up=True,
        status=201,
        body=schemas.NewUser,
        answer=schemas.User,
        idempotent=True,
        errors=(Conflict, PasswordRefused),
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
        return _told(await self._service.read(user))

    @operation(
        "PATCH",
        _USER,
        "Change a user's role, password, or whether he may sign in",
        role=Role.ADMINISTRATOR,
        step_up=True,
        body=schemas.UserChange,
        answer=schemas.User,
        errors=(Conflict, PasswordRefused, PreconditionFailed),
        reads=precondition.READS,
    )
    async def update_user(self, exchange: Exchange, user: UUID, body: schemas.UserChange) -> Reply:
        """Change; the user's sessions and API tokens end."""
        by = actor(exchange)
        return _told(await self._service.update(user, body, exchange.headers, by))

    @operation(
        "DELETE",
        _USER,
        "Delete a user",
        role=Role.ADMINISTRATOR,
        step_up=True,
        status=204,
        errors=(Conflict, PreconditionFailed),
        reads=precondition.READS,
    )
    async def delete_user(self, exchange: Exchange, user: UUID) -> Reply:
        """Delete; the user's sessions end."""
        await self._service.delete(user, exchange.headers, actor(exchange))
        return reply.empty()


def _told(user: schemas.User) -> Reply:
    return reply.json(user, headers=[precondition.etag(revision(user))])
