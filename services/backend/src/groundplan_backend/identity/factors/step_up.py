"""Step-up: a session proves itself anew before it may do what is dangerous.

A sign-in is such a proof; it lasts `identity.stepUp`. A user with a factor has to use it: the
password alone is what a thief of it has too.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.errors import (
    ChallengeEnded,
    Conflict,
    SessionEnded,
    StepUpRequired,
    Unauthenticated,
)
from groundplan_backend.http.caller import Caller
from groundplan_backend.identity import repository as users
from groundplan_backend.identity.factors import challenges, repository, schemas
from groundplan_backend.identity.factors.challenges import Challenges
from groundplan_backend.identity.factors.proofs import Proofs
from groundplan_backend.identity.service import IdentityService
from groundplan_backend.postgres.pool import Connection, Pool


class StepUp:
    """Says whether a session is proven, and takes new proofs; `ttl` is in seconds."""

    def __init__(
        self,
        pool: Pool,
        identity: IdentityService,
        made: Challenges,
        proofs: Proofs,
        ttl: int,
    ) -> None:
        self._pool = pool
        self._identity = identity
        self._challenges = made
        self._proofs = proofs
        self._ttl = ttl

    async def require(self, caller: Caller) -> None:
        """Let the caller pass whose session was proven lately.

        Raises:
            StepUpRequired: it was not.
        """
        try:
            session = uuid.UUID(caller.session)
        except ValueError:
            raise _required() from None
        if not await repository.is_proven(self._pool, session, self._ttl):
            raise _required()

    async def begin(self, user: str, session: str) -> schemas.StepUpDue:
        """Return what proofs are taken from the user."""
        kinds = await repository.kinds(self._pool, user)
        challenge = self._challenges.make("step-up", user, session.encode())
        due = schemas.StepUpDue(methods=_methods(kinds), challenge=challenge.token)
        if "passkey" in kinds:
            async with self._pool.connection() as connection:
                due.passkey = await self._proofs.request(connection, challenge)
        return due

    async def prove(self, proof: schemas.Proof, session: str, actor: Actor) -> schemas.SteppedUp:
        """Take a proof.

        Raises:
            InvalidProof: it is wrong or was used before.
            ChallengeEnded: the challenge is too old or was answered.
            AccountLocked: too many were wrong.
            Conflict: the user has another kind of proof to give.
        """
        kinds = await repository.kinds(self._pool, actor.subject)
        if isinstance(proof, schemas.PasswordProof):
            return await self._by_password(proof.password, kinds, session, actor)
        if isinstance(proof, schemas.CodeProof):
            return await self._by_code(proof.code, kinds, session, actor)
        return await self._by_passkey(proof, session, actor)

    async def _by_password(
        self, password: str, kinds: set[str], session: str, actor: Actor
    ) -> schemas.SteppedUp:
        if kinds:
            raise Conflict("the account has a factor; prove the session with it")
        user = await users.user_by_id(self._pool, actor.subject)
        if user is None:
            raise Unauthenticated("there is no such user any more")
        if not await self._identity.is_password(user["email"], password, actor):
            raise await self._refused("password", actor)
        async with self._pool.transaction() as connection:
            return await self._proven(connection, "password", session, actor)

    async def _by_code(
        self, code: str, kinds: set[str], session: str, actor: Actor
    ) -> schemas.SteppedUp:
        if "totp" not in kinds:
            raise Conflict("the account has no code generator")
        user = uuid.UUID(actor.subject)
        await self._proofs.reserve(user, actor)
        async with self._pool.transaction() as connection:
            if await self._proofs.take_code(connection, user, code):
                return await self._proven(connection, "totp", session, actor)
        raise await self._refused("totp", actor)

    async def _by_passkey(
        self, proof: schemas.PasskeyProof, session: str, actor: Actor
    ) -> schemas.SteppedUp:
        challenge = self._challenges.read("step-up", proof.challenge, actor.subject)
        if challenge.payload != session.encode():
            raise ChallengeEnded("the challenge is another session's")
        async with self._pool.transaction() as connection:
            if await self._proofs.take_passkey(connection, challenge, proof.credential):
                await challenges.spend(connection, challenge)
                return await self._proven(connection, "passkey", session, actor)
        raise await self._refused("passkey", actor)

    async def _proven(
        self, connection: Connection, method: str, session: str, actor: Actor
    ) -> schemas.SteppedUp:
        verified_at = await repository.prove_session(connection, session, actor.subject)
        if verified_at is None:
            raise SessionEnded("the session is over; sign in again")
        event = Event("step_up.granted", session, {"method": method})
        await audit.record(connection, actor, event)
        return schemas.SteppedUp(verified_at=verified_at, until=self._until(verified_at))

    async def _refused(self, method: str, actor: Actor) -> Exception:
        return await self._proofs.refused(uuid.UUID(actor.subject), method, actor)

    def _until(self, verified_at: datetime) -> datetime:
        return verified_at + timedelta(seconds=self._ttl)


def _methods(kinds: set[str]) -> list[Any]:
    return [kind for kind in ("totp", "passkey") if kind in kinds] or ["password"]


def _required() -> StepUpRequired:
    return StepUpRequired("prove that it is you: this needs a fresh sign-in or a step-up")
