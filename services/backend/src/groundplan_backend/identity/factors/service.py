"""What a person does with his factors once he is signed in, and what an administrator may undo."""

from uuid import UUID

from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.errors import Conflict, NotFound
from groundplan_backend.identity import repository as users
from groundplan_backend.identity.factors import repository, schemas
from groundplan_backend.identity.factors.enrolment import Enrolment
from groundplan_backend.identity.factors.notices import Notices
from groundplan_backend.identity.service import end_all
from groundplan_backend.identity.sessions import Sessions
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.settings import Settings
from groundplan_contracts.identity import Role


class FactorService:
    """Lists, adds, renames and removes factors."""

    def __init__(
        self,
        pool: Pool,
        sessions: Sessions,
        enrolment: Enrolment,
        notices: Notices,
        settings: Settings,
        passkey_origin: str,
    ) -> None:
        self._pool = pool
        self._sessions = sessions
        self._enrolment = enrolment
        self._notices = notices
        self._required_for = settings.mfa_required_for
        self._passkey_origin = passkey_origin

    async def list(self, user: str, role: Role) -> schemas.FactorPage:
        """Return the user's factors."""
        rows = await repository.list_factors(self._pool, user)
        return schemas.FactorPage(
            items=[schemas.Factor(**row) for row in rows],
            next=None,
            recovery_codes_left=await repository.count_recovery_codes(self._pool, user),
            required=role.word in self._required_for,
            passkey_origin=self._passkey_origin,
        )

    async def begin_totp(self, user: str) -> schemas.TotpEnrolment:
        """Begin to set up a code generator."""
        return await self._enrolment.begin_totp(user)

    async def begin_passkey(self, user: str) -> schemas.PasskeyEnrolment:
        """Begin to make a passkey."""
        return await self._enrolment.begin_passkey(user)

    async def enrol_totp(self, given: schemas.ConfirmTotp, actor: Actor) -> schemas.EnrolledFactor:
        """Keep a code generator."""
        async with self._pool.transaction() as connection:
            return await self._enrolment.keep_totp(connection, given, actor)

    async def enrol_passkey(
        self, given: schemas.ConfirmPasskey, actor: Actor
    ) -> schemas.EnrolledFactor:
        """Keep a passkey."""
        async with self._pool.transaction() as connection:
            return await self._enrolment.keep_passkey(connection, given, actor)

    async def renew_recovery_codes(self, actor: Actor) -> schemas.RecoveryCodes:
        """Replace the user's recovery codes.

        Raises:
            Conflict: there is no factor that they could stand in for.
        """
        async with self._pool.transaction() as connection:
            await users.lock_user(connection, actor.subject)
            if not await repository.kinds(connection, actor.subject):
                raise Conflict("set up a factor first; recovery codes stand in for one")
            codes = await self._enrolment.new_recovery_codes(connection, actor.subject, actor)
            await self._notices.tell(connection, actor.subject, "codes made")
        return schemas.RecoveryCodes(recovery_codes=codes)

    async def rename(self, factor: UUID, name: str, actor: Actor) -> schemas.Factor:
        """Rename one of the user's factors.

        Raises:
            NotFound: the user has no such factor.
        """
        async with self._pool.transaction() as connection:
            row = await repository.rename_factor(connection, factor, actor.subject, name)
            if row is None:
                raise NotFound("there is no such factor")
            event = Event("factor.update", actor.subject, {"factor": str(factor), "name": name})
            await audit.record(connection, actor, event)
        return schemas.Factor(**row)

    async def remove(self, factor: UUID, role: Role, actor: Actor) -> None:
        """Remove one of the user's factors; with the last one the recovery codes go.

        Raises:
            NotFound: the user has no such factor.
            Conflict: it is the last one, and the user's role demands one.
        """
        async with self._pool.transaction() as connection:
            await users.lock_user(connection, actor.subject)
            row = await repository.delete_factor(connection, factor, actor.subject)
            if row is None:
                raise NotFound("there is no such factor")
            if not await repository.kinds(connection, actor.subject):
                if role.word in self._required_for:
                    raise Conflict("your role demands a factor; add another before this one goes")
                await repository.delete_factors(connection, actor.subject)
            detail = {"factor": str(factor), "kind": row["kind"], "name": row["name"]}
            await audit.record(connection, actor, Event("factor.delete", actor.subject, detail))
            await self._notices.tell(connection, actor.subject, "removed")

    async def reset(self, user: UUID, actor: Actor) -> None:
        """Remove all factors of another user and end his sessions.

        Raises:
            NotFound: there is no such user.
            Conflict: it is one's own account.
        """
        if str(user) == actor.subject:
            raise Conflict("remove your own factors one by one")
        async with self._pool.transaction() as connection:
            await users.lock_user(connection, user)
            row = await users.user_by_id(connection, user)
            if row is None:
                raise NotFound("there is no such user")
            await repository.delete_factors(connection, user)
            await repository.clear_guesses(connection, user)
            await end_all(connection, self._sessions, str(user))
            event = Event("factor.reset", str(user), {"email": row["email"]})
            await audit.record(connection, actor, event)
            await self._notices.tell(connection, user, "reset")
