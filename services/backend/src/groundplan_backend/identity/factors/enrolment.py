"""Setting up a factor: begun with a challenge that holds its secret, kept once it has worked.

The same for a person who is signed in and for one whose sign-in waits for it. The user's row
is locked meanwhile, so that the first factor is the first one, and brings the recovery codes.
"""

from typing import Any, Final
from uuid import UUID

from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.errors import Conflict, InvalidProof
from groundplan_backend.identity import repository as users
from groundplan_backend.identity.factors import (
    challenges,
    qr,
    recovery,
    repository,
    schemas,
    totp,
)
from groundplan_backend.identity.factors.challenges import Challenge, Challenges
from groundplan_backend.identity.factors.notices import Change, Notices
from groundplan_backend.identity.factors.passkeys import Passkeys
from groundplan_backend.identity.factors.recovery import Digests
from groundplan_backend.identity.factors.sealing import Seal
from groundplan_backend.postgres.pool import Connection, Pool
from groundplan_backend.settings import Settings

MOST: Final = 10
"""Factors that one user may have."""


class Enrolment:
    """Makes factors, and the recovery codes that stand in for them."""

    def __init__(
        self,
        pool: Pool,
        settings: Settings,
        browser: Passkeys,
        made: Challenges,
        notices: Notices,
    ) -> None:
        self._pool = pool
        self._browser = browser
        self._challenges = made
        self._notices = notices
        self._issuer = settings.audience
        self._seal = Seal(settings.key_encryption_key, "factor")
        self._digests = Digests(settings.key_encryption_key)

    async def begin_totp(self, user: UUID | str) -> schemas.TotpEnrolment:
        """Return a new secret; nothing is kept yet.

        Raises:
            Conflict: the user has as many factors as one may have.
        """
        email = await self._room_for_one_more(user)
        secret = totp.new_secret()
        challenge = self._challenges.make("totp", user, secret)
        uri = totp.uri(secret, email, self._issuer)
        return schemas.TotpEnrolment(
            enrolment=challenge.token,
            secret=totp.in_base32(secret),
            uri=uri,
            qr=qr.draw(uri),
            expires_at=challenge.expires_at,
        )

    async def begin_passkey(self, user: UUID | str) -> schemas.PasskeyEnrolment:
        """Return what the browser needs to make a passkey.

        Raises:
            Conflict: the user has as many factors as one may have.
        """
        email = await self._room_for_one_more(user)
        challenge = self._challenges.make("passkey", user)
        known = await repository.passkeys(self._pool, user)
        options = self._browser.creation(challenge.for_passkey, challenge.user, email, known)
        return schemas.PasskeyEnrolment(
            enrolment=challenge.token, options=options, expires_at=challenge.expires_at
        )

    async def keep_totp(
        self, connection: Connection, given: schemas.ConfirmTotp, actor: Actor
    ) -> schemas.EnrolledFactor:
        """Keep a code generator whose first code is right.

        Raises:
            ChallengeEnded: the enrolment is too old, was used, or is another user's.
            InvalidProof: the code is wrong.
        """
        enrolment = self._challenges.read("totp", given.enrolment, actor.subject)
        step = totp.step_of(enrolment.payload, given.code)
        if step is None:
            raise InvalidProof("the code is not the one that is shown now")
        is_first = await self._take(connection, enrolment)
        sealed = self._seal.seal(enrolment.payload, enrolment.id.bytes)
        row = await repository.insert_code_generator(
            connection, enrolment.id, enrolment.user, given.name, sealed, step
        )
        return await self._kept(connection, row, is_first, actor)

    async def keep_passkey(
        self, connection: Connection, given: schemas.ConfirmPasskey, actor: Actor
    ) -> schemas.EnrolledFactor:
        """Keep a passkey that was made as it was asked.

        Raises:
            ChallengeEnded: the enrolment is too old, was used, or is another user's.
            InvalidProof: the passkey's answer does not hold.
            Conflict: the passkey is enrolled already.
        """
        enrolment = self._challenges.read("passkey", given.enrolment, actor.subject)
        made = self._browser.made(enrolment.for_passkey, given.credential)
        is_first = await self._take(connection, enrolment)
        sealed = self._seal.seal(made.public_key, enrolment.id.bytes)
        row = await repository.insert_passkey(
            connection,
            enrolment.id,
            enrolment.user,
            given.name,
            sealed,
            made.credential,
            given.credential.transports,
            made.counter,
        )
        return await self._kept(connection, row, is_first, actor)

    async def new_recovery_codes(
        self, connection: Connection, user: UUID | str, actor: Actor
    ) -> list[str]:
        """Replace the user's recovery codes."""
        codes = recovery.new_codes()
        digests = [self._digests.of(code) for code in codes]
        await repository.replace_recovery_codes(connection, user, digests)
        event = Event("recovery_codes.create", str(user), {"count": len(codes)})
        await audit.record(connection, actor, event)
        return codes

    async def _room_for_one_more(self, user: UUID | str) -> str:
        row = await users.user_by_id(self._pool, user)
        known = await repository.list_factors(self._pool, user)
        if row is None or len(known) >= MOST:
            raise Conflict(f"an account may have {MOST} factors; remove one first")
        email: str = row["email"]
        return email

    async def _take(self, connection: Connection, enrolment: Challenge) -> bool:
        """Use the enrolment up; True when the user has no factor yet."""
        await users.lock_user(connection, enrolment.user)
        known = await repository.list_factors(connection, enrolment.user)
        if len(known) >= MOST:
            raise Conflict(f"an account may have {MOST} factors; remove one first")
        await challenges.spend(connection, enrolment)
        return not known

    async def _kept(
        self, connection: Connection, row: Any, is_first: bool, actor: Actor
    ) -> schemas.EnrolledFactor:
        if row is None:
            raise Conflict("this passkey is enrolled already")
        detail = {"kind": row["kind"], "name": row["name"], "factor": str(row["id"])}
        await audit.record(connection, actor, Event("factor.create", actor.subject, detail))
        change: Change = "totp added" if row["kind"] == "totp" else "passkey added"
        await self._notices.tell(connection, actor.subject, change)
        codes: list[str] = []
        if is_first:
            codes = await self.new_recovery_codes(connection, actor.subject, actor)
        return schemas.EnrolledFactor(factor=schemas.Factor(**row), recovery_codes=codes)
