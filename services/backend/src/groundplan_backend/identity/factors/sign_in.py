"""A sign-in that goes on after the password: the challenge is answered, then the session begins.

There is no half session: until here the client holds a challenge, which opens nothing else.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from groundplan_backend.errors import ChallengeEnded
from groundplan_backend.identity.factors import challenges, repository, schemas
from groundplan_backend.identity.factors.challenges import Challenge, Challenges
from groundplan_backend.identity.factors.due import Method
from groundplan_backend.identity.factors.enrolment import Enrolment
from groundplan_backend.identity.factors.passkey_schemas import PasskeyAnswer
from groundplan_backend.identity.factors.proofs import Proofs
from groundplan_backend.identity.service import Granted, IdentityService, Origin
from groundplan_backend.postgres.pool import Connection, Pool

Taken = Callable[[Connection], Awaitable[bool]]
Kept = Callable[[Connection], Awaitable[schemas.EnrolledFactor]]


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A session that began with a new factor."""

    granted: Granted
    factor: schemas.EnrolledFactor


class SignIn:
    """Answers challenges of sign-ins."""

    def __init__(
        self,
        pool: Pool,
        identity: IdentityService,
        made: Challenges,
        proofs: Proofs,
        enrolment: Enrolment,
    ) -> None:
        self._pool = pool
        self._identity = identity
        self._challenges = made
        self._proofs = proofs
        self._enrolment = enrolment

    async def with_code(self, token: str, code: str, origin: Origin) -> Granted:
        """Start a session with a code of a code generator.

        Raises:
            ChallengeEnded: the challenge is too old or was answered.
            AccountLocked: too many wrong codes.
            InvalidProof: the code is wrong or was used.
        """
        challenge = self._challenges.read("sign-in", token)
        await self._proofs.reserve(challenge.user, origin.actor(str(challenge.user)))

        async def take(connection: Connection) -> bool:
            return await self._proofs.take_code(connection, challenge.user, code)

        return await self._finish(challenge, "totp", take, origin)

    async def with_recovery_code(self, token: str, code: str, origin: Origin) -> Granted:
        """Start a session with a recovery code; raises as `with_code` does."""
        challenge = self._challenges.read("sign-in", token)
        actor = origin.actor(str(challenge.user))
        await self._proofs.reserve(challenge.user, actor)

        async def take(connection: Connection) -> bool:
            return await self._proofs.take_recovery_code(connection, challenge.user, code, actor)

        return await self._finish(challenge, "recovery", take, origin)

    async def with_passkey(self, token: str, answer: PasskeyAnswer, origin: Origin) -> Granted:
        """Start a session with a passkey, which nobody can guess.

        Raises:
            ChallengeEnded: the challenge is too old or was answered.
            InvalidProof: the passkey's answer does not hold.
        """
        challenge = self._challenges.read("sign-in", token)

        async def take(connection: Connection) -> bool:
            return await self._proofs.take_passkey(connection, challenge, answer)

        return await self._finish(challenge, "passkey", take, origin)

    async def begin_totp(self, token: str) -> schemas.TotpEnrolment:
        """Begin to set up a code generator; only where the sign-in asks for it.

        Raises:
            ChallengeEnded: the challenge is too old, was answered, or asks for a factor.
        """
        challenge = await self._without_factor(token)
        return await self._enrolment.begin_totp(challenge.user)

    async def begin_passkey(self, token: str) -> schemas.PasskeyEnrolment:
        """Begin to make a passkey; raises as `begin_totp` does."""
        challenge = await self._without_factor(token)
        return await self._enrolment.begin_passkey(challenge.user)

    async def enrol_totp(self, given: schemas.ConfirmTotpSignIn, origin: Origin) -> Enrolled:
        """Keep a code generator and start the session.

        Raises:
            ChallengeEnded: the challenge or the enrolment is too old or was used.
            InvalidProof: the code is wrong.
        """
        challenge = await self._without_factor(given.challenge)
        actor = origin.actor(str(challenge.user))

        async def keep(connection: Connection) -> schemas.EnrolledFactor:
            return await self._enrolment.keep_totp(connection, given, actor)

        return await self._finish_enrolled(challenge, "totp", keep, origin)

    async def enrol_passkey(self, given: schemas.ConfirmPasskeySignIn, origin: Origin) -> Enrolled:
        """Keep a passkey and start the session; raises as `enrol_totp` does."""
        challenge = await self._without_factor(given.challenge)
        actor = origin.actor(str(challenge.user))

        async def keep(connection: Connection) -> schemas.EnrolledFactor:
            return await self._enrolment.keep_passkey(connection, given, actor)

        return await self._finish_enrolled(challenge, "passkey", keep, origin)

    async def _without_factor(self, token: str) -> Challenge:
        challenge = self._challenges.read("sign-in", token)
        if await repository.kinds(self._pool, challenge.user):
            raise ChallengeEnded("the account has a factor; sign in with it")
        return challenge

    async def _finish(
        self, challenge: Challenge, method: Method, take: Taken, origin: Origin
    ) -> Granted:
        async with self._pool.transaction() as connection:
            user = await self._user(connection, challenge)
            if await take(connection):
                await challenges.spend(connection, challenge)
                return await self._identity.begin(connection, user, origin, method)
        raise await self._proofs.refused(challenge.user, method, origin.actor(str(challenge.user)))

    async def _finish_enrolled(
        self, challenge: Challenge, method: Method, keep: Kept, origin: Origin
    ) -> Enrolled:
        async with self._pool.transaction() as connection:
            factor = await keep(connection)
            if not factor.recovery_codes:
                raise ChallengeEnded("the account has a factor; sign in with it")
            await challenges.spend(connection, challenge)
            user = await self._user(connection, challenge)
            granted = await self._identity.begin(connection, user, origin, method)
            return Enrolled(granted, factor)

    async def _user(self, connection: Connection, challenge: Challenge) -> Any:
        return await self._identity.challenged(connection, challenge)
