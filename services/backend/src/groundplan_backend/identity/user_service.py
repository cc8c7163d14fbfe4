"""What an administrator does with users; a change of access ends sessions and API tokens."""

import uuid
from typing import Any
from uuid import UUID

from msgspec import UNSET

from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.errors import Conflict, NotFound
from groundplan_backend.http import precondition, reply
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.idempotency.service import Claim, Idempotency
from groundplan_backend.identity import repository, schemas
from groundplan_backend.identity.api_tokens.service import ApiTokenService
from groundplan_backend.identity.password import known
from groundplan_backend.identity.passwords import Passwords
from groundplan_backend.identity.service import end_all
from groundplan_backend.identity.sessions import Sessions
from groundplan_backend.postgres.pool import Connection, Pool

_LISTING = "users"

Headers = dict[bytes, bytes]


class UserService:
    """Lists, creates, changes and deletes users."""

    def __init__(
        self,
        pool: Pool,
        sessions: Sessions,
        tokens: ApiTokenService,
        passwords: Passwords,
        idempotency: Idempotency,
        cursors: Cursors,
    ) -> None:
        self._pool = pool
        self._sessions = sessions
        self._tokens = tokens
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
            PasswordRefused: the password is a known one.
        """
        known.check(new.password, new.email)
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

    async def update(
        self, user: UUID, change: schemas.UserChange, headers: Headers, actor: Actor
    ) -> schemas.User:
        """Change a user and end his sessions and API tokens.

        Raises:
            NotFound: there is no such user.
            Conflict: an administrator would take away his own access.
            PasswordRefused: the password is a known one.
            PreconditionFailed: `If-Match` names another version.
        """
        if str(user) == actor.subject and (change.role is not UNSET or change.disabled is True):
            raise Conflict("ask another administrator to change your own access")
        password = None
        if isinstance(change.password, str):
            known.check(change.password)
            with self._passwords.admission():
                password = await self._passwords.hash(change.password)
        role, disabled = _given(change.role), _given(change.disabled)
        async with self._pool.transaction() as connection:
            before = await self._locked(connection, user, headers)
            row = await repository.update_user(connection, user, role, disabled, password)
            changed = _found(row)
            detail = {"email": changed.email, "password": password is not None}
            event = Event("user.update", str(user), detail, _access(before), _access(changed))
            await audit.record(connection, actor, event)
            if (role, disabled, password) != (None, None, None):
                await self._end_all(connection, str(user))
        return changed

    async def delete(self, user: UUID, headers: Headers, actor: Actor) -> None:
        """Delete a user and end his sessions and API tokens.

        Raises:
            NotFound: there is no such user.
            Conflict: an administrator would delete himself.
            PreconditionFailed: `If-Match` names another version.
        """
        if str(user) == actor.subject:
            raise Conflict("ask another administrator to delete you")
        async with self._pool.transaction() as connection:
            before = await self._locked(connection, user, headers)
            await self._end_all(connection, str(user))
            if await repository.delete_user(connection, user) is None:
                raise NotFound("there is no such user")
            event = Event("user.delete", str(user), {"email": before.email}, _access(before))
            await audit.record(connection, actor, event)

    async def _locked(self, connection: Connection, user: UUID, headers: Headers) -> schemas.User:
        await repository.lock_user(connection, user)
        found = _found(await repository.user_by_id(connection, user))
        precondition.check(headers, revision(found))
        return found

    async def _end_all(self, connection: Connection, user: str) -> None:
        await end_all(connection, self._sessions, user)
        await self._tokens.revoke_all(connection, user)


def revision(user: schemas.User) -> int:
    """Return the version of a user: when he was changed last, in microseconds."""
    return round(user.updated_at.timestamp() * 1_000_000)


def _found(row: Any) -> schemas.User:
    if row is None:
        raise NotFound("there is no such user")
    return schemas.User(**row)


def _access(user: schemas.User) -> dict[str, object]:
    """Return what a change of a user is about, for the audit record."""
    return {"role": user.role, "disabled": user.disabled}


def _given(value: Any) -> Any:
    return None if value is UNSET else value
