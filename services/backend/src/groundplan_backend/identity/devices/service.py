"""What is done with the sessions of a person, by himself or by an administrator."""

from uuid import UUID

from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.errors import NotFound
from groundplan_backend.identity import schemas
from groundplan_backend.identity.devices import repository
from groundplan_backend.identity.service import IdentityService
from groundplan_backend.identity.sessions import Sessions
from groundplan_backend.postgres.pool import Connection, Pool


class DeviceService:
    """Lists and ends sessions; what is ended is refused at every gateway at once."""

    def __init__(self, pool: Pool, sessions: Sessions, identity: IdentityService) -> None:
        self._pool = pool
        self._sessions = sessions
        self._identity = identity

    async def end_others(self, user: str, session: str, actor: Actor) -> None:
        """End all sessions of a person but one."""
        async with self._pool.transaction() as connection:
            await end_others(connection, self._sessions, user, session)
            await audit.record(connection, actor, Event("session.end_others", user))

    async def list(self, user: UUID, current: str) -> schemas.SessionPage:
        """Return the sessions of a person.

        Raises:
            NotFound: there is no such person.
        """
        await self._find(user)
        return await self._identity.sessions(str(user), current)

    async def end_all(self, user: UUID, actor: Actor) -> None:
        """End all sessions of a person.

        Raises:
            NotFound: there is no such person.
        """
        await self._find(user)
        await self._identity.end_all(str(user), actor)

    async def end_one(self, user: UUID, session: UUID, actor: Actor) -> None:
        """End one session of a person.

        Raises:
            NotFound: the person has no such session.
        """
        await self._identity.end_one(str(user), str(session), actor)

    async def _find(self, user: UUID) -> None:
        if not await repository.exists(self._pool, user):
            raise NotFound("there is no such user")


async def end_others(connection: Connection, sessions: Sessions, user: str, kept: str) -> None:
    """End all sessions of a person but one, in the database and at the gateway."""
    await sessions.end(user, await repository.end_others(connection, user, kept))
