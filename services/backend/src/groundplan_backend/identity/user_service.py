"""What an administrator does with users; a change of what someone may do ends his sessions."""

import uuid
from typing import Any
from uuid import UUID

from msgspec import UNSET

from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.errors import Conflict, NotFound
from groundplan_backend.http import reply
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.idempotency.service import Claim, Idempotency
from groundplan_backend.identity import repository, schemas
from groundplan_backend.identity.passwords import Passwords
from groundplan_backend.identity.service import end_all
from groundplan_backend.identity.sessions import Sessions
from groundplan_backend.postgres.pool import Connection, Pool

_LISTING = "users"


class UserService:
    """Lists, creates, changes and deletes users."""

    def __init__(
        self,
        pool: Pool,
        sessions: Sessions,
        passwords: Passwords,
        idempotency: Idempotency,
        cursors: Cursors,
    ) -> None:
        self._pool = pool
        self._sessions = sessions
        self._passwords = passwords
        self._idempotency = idempotency
        self._cursors = cursors

    async def list(self, query: schemas.UserQuery) -> schemas.UserPage:
        """Return a page of users."""
        after = self._cursors.read(_LISTING, query.after) if query.after else ""
        rows = await repository.list_users(self._pool, after, query.limit + 1)
        items = [schemas.User(**row) for row in rows[: query.limit]]
        more = len(rows) > query.limit
        return schemas.UserPage(
            items=items, next=self._cursors.write(_LISTING, items[-1].email) if more else None
        )

    async def read(self, user: UUID) -> schemas.User:
        """Return one user.

        Raises:
            NotFound: there is no such user.
        """
        return _found(await repository.user_by_id(self._pool, user))

    async def create(self, new: schemas.NewUser, key: str | None, actor: Actor) -> bytes:
        """Create a user and return the answer as JSON.

        Raises:
            Conflict: the address belongs to somebody already.
        """
        with self._passwords.admission():
            password = await self._passwords.hash(new.password)

        async def insert(connection: Connection) -> bytes:
            row = await repository.insert_user(
                connection, uuid.uuid4(), new.email, password, new.role
            )
            if row is None:
                raise Conflict("a user with this e-mail address exists")
            event = Event("user.create", str(row["id"]), {"email": new.email, "role": new.role})
            await audit.record(connection, actor, event)
            return reply.encode(_found(row))

        claim = Claim(actor.subject, "POST users", key, reply.encode(new)) if key else None
        return await self._idempotency.create(claim, insert)

    async def update(self, user: UUID, change: schemas.UserChange, actor: Actor) -> schemas.User:
        """Change a user and end his sessions.

        Raises:
            NotFound: there is no such user.
            Conflict: an administrator would take away his own access.
        """
        if str(user) == actor.subject and (change.role is not UNSET or change.disabled is True):
            raise Conflict("ask another administrator to change your own access")
        password = None
        if isinstance(change.password, str):
            with self._passwords.admission():
                password = await self._passwords.hash(change.password)
        role, disabled = _given(change.role), _given(change.disabled)
        async with self._pool.transaction() as connection:
            row = await repository.update_user(connection, user, role, disabled, password)
            changed = _found(row)
            detail = {"role": role, "disabled": disabled, "password": password is not None}
            await audit.record(connection, actor, Event("user.update", str(user), detail))
            if (role, disabled, password) != (None, None, None):
                await end_all(connection, self._sessions, str(user))
        return changed

    async def delete(self, user: UUID, actor: Actor) -> None:
        """Delete a user and end his sessions.

        Raises:
            NotFound: there is no such user.
            Conflict: an administrator would delete himself.
        """
        if str(user) == actor.subject:
            raise Conflict("ask another administrator to delete you")
        async with self._pool.transaction() as connection:
            await repository.lock_user(connection, user)
            await end_all(connection, self._sessions, str(user))
            email = await repository.delete_user(connection, user)
            if email is None:
                raise NotFound("there is no such user")
            event = Event("user.delete", str(user), {"email": email})
            await audit.record(connection, actor, event)


def _found(row: Any) -> schemas.User:
    if row is None:
        raise NotFound("there is no such user")
    return schemas.User(**row)


def _given(value: Any) -> Any:
    return None if value is UNSET else value
