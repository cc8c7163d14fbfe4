"""What an administrator does with service identities."""

import uuid
from typing import Any, Final
from uuid import UUID

from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.errors import Conflict, NotFound
from groundplan_backend.http import reply
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.idempotency.service import Claim, Idempotency
from groundplan_backend.identity.api_tokens.service import ApiTokenService
from groundplan_backend.identity.service_identities import repository, schemas
from groundplan_backend.postgres.pool import Connection, Pool

_LISTING: Final = "service-identities"


class ServiceIdentityService:
    """Lists, creates and deletes service identities."""

    def __init__(
        self, pool: Pool, tokens: ApiTokenService, idempotency: Idempotency, cursors: Cursors
    ) -> None:
        self._pool = pool
        self._tokens = tokens
        self._idempotency = idempotency
        self._cursors = cursors

    async def list(self, query: schemas.ServiceIdentityQuery) -> schemas.ServiceIdentityPage:
        """Return a page of services by name."""
        after = self._cursors.read(_LISTING, query.after) if query.after else ""
        rows = await repository.list_services(self._pool, after, query.limit + 1)
        items = [schemas.ServiceIdentity(**row) for row in rows[: query.limit]]
        more = len(rows) > query.limit
        following = self._cursors.write(_LISTING, items[-1].name) if more else None
        return schemas.ServiceIdentityPage(items=items, next=following)

    async def read(self, service: UUID) -> schemas.ServiceIdentity:
        """Return one service.

        Raises:
            NotFound: there is no such service identity.
        """
        row = await repository.read(self._pool, service)
        if row is None:
            raise _unknown()
        return schemas.ServiceIdentity(**row)

    async def create(
        self, new: schemas.NewServiceIdentity, key: str | None, actor: Actor
    ) -> bytes:
        """Create a service and return the answer as JSON.

        Raises:
            Conflict: the name is taken.
        """

        async def insert(connection: Connection) -> bytes:
            row: Any = await repository.insert(connection, uuid.uuid4(), new.name, new.role)
            if row is None:
                raise Conflict("a service identity with this name exists")
            detail: dict[str, object] = {"name": new.name, "role": new.role}
            event = Event("service_identity.create", str(row["id"]), detail)
            await audit.record(connection, actor, event)
            return reply.encode(schemas.ServiceIdentity(**row))

        route = "POST service-identities"
        claim = Claim(actor.subject, route, key, reply.encode(new)) if key else None
        return await self._idempotency.create(claim, insert)

    async def delete(self, service: UUID, actor: Actor) -> None:
        """Delete a service; its tokens end at every gateway.

        Raises:
            NotFound: there is no such service identity.
        """
        async with self._pool.transaction() as connection:
            row = await repository.lock(connection, service)
            if row is None:
                raise _unknown()
            ended = await self._tokens.revoke_all(connection, str(service))
            await repository.delete(connection, service)
            detail: dict[str, object] = {"name": row["name"], "tokens": ended}
            event = Event("service_identity.delete", str(service), detail)
            await audit.record(connection, actor, event)


def _unknown() -> NotFound:
    return NotFound("there is no such service identity")
