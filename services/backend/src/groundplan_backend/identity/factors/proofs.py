"""Whether a code, a recovery code or a passkey's answer is right, and how often one may guess.

A guess is counted, and committed, before it is looked at: however many come at once, no more
than the limit are verified. What is right is used up in the transaction of what it is for.
"""

from typing import Any
from uuid import UUID

from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.errors import AccountLocked, InvalidProof
from groundplan_backend.identity.factors import passkeys, repository, totp
from groundplan_backend.identity.factors.challenges import Challenge
from groundplan_backend.identity.factors.notices import Notices
from groundplan_backend.identity.factors.passkey_schemas import PasskeyAnswer, RequestOptions
from groundplan_backend.identity.factors.passkeys import Passkeys
from groundplan_backend.identity.factors.recovery import Digests
from groundplan_backend.identity.factors.sealing import Seal
from groundplan_backend.postgres.pool import Connection, Pool
from groundplan_backend.settings import Settings


class Proofs:
    """Verifies what a user brings against the factors that he has."""

    def __init__(
        self, pool: Pool, settings: Settings, browser: Passkeys, notices: Notices
    ) -> None:
        self._pool = pool
        self._browser = browser
        self._notices = notices
        self._seal = Seal(settings.key_encryption_key, "factor")
        self._digests = Digests(settings.key_encryption_key)
        self._lock_after = settings.lock_after
        self._lock_for = settings.lock_for

    async def reserve(self, user: UUID, actor: Actor) -> None:
        """Count a guess of a code, whatever becomes of it.

        Raises:
            AccountLocked: too many were wrong.
        """
        async with self._pool.transaction() as connection:
            if await repository.reserve_guess(connection, user, self._lock_after, self._lock_for):
                return
            await audit.record(
                connection, actor, Event("mfa.locked", str(user), outcome="refused")
            )
            wait = await repository.locked_for(connection, user)
        raise AccountLocked("too many wrong codes; try again later", retry_after=wait)

    async def refused(self, user: UUID, method: str, actor: Actor) -> InvalidProof:
        """Record that a proof was wrong, and return what to raise."""
        async with self._pool.transaction() as connection:
            event = Event("mfa.refused", str(user), {"method": method}, outcome="refused")
            await audit.record(connection, actor, event)
        return InvalidProof("this is not right, or was used before")

    async def take_code(self, connection: Connection, user: UUID, code: str) -> bool:
        """Use up a code of one of the user's code generators; False when it is wrong."""
        for row in await repository.secrets(connection, user):
            secret = self._seal.open(row["sealed"], row["id"].bytes)
            step = totp.step_of(secret, code)
            if step is not None and await repository.use_code(connection, row["id"], step):
                await repository.clear_guesses(connection, user)
                return True
        return False

    async def take_recovery_code(
        self, connection: Connection, user: UUID, code: str, actor: Actor
    ) -> bool:
        """Use up a recovery code; False when it is wrong."""
        digest = self._digests.of(code)
        if not await repository.use_recovery_code(connection, user, digest):
            return False
        left = await repository.count_recovery_codes(connection, user)
        event = Event("recovery_code.use", str(user), {"left": left})
        await audit.record(connection, actor, event)
        await self._notices.tell(connection, user, "code used")
        await repository.clear_guesses(connection, user)
        return True

    async def take_passkey(
        self, connection: Connection, challenge: Challenge, answer: PasskeyAnswer
    ) -> bool:
        """Note the use of one of the user's passkeys; False when its answer does not hold."""
        try:
            wanted = passkeys.credential_id(answer)
            for row in await repository.passkeys(connection, challenge.user):
                if row["credential"] == wanted:
                    return await self._use(connection, row, challenge, answer)
        except (InvalidProof, ValueError):
            pass
        return False

    async def request(self, connection: Connection, challenge: Challenge) -> RequestOptions:
        """Return what the browser needs to let one of the user's passkeys answer."""
        known = await repository.passkeys(connection, challenge.user)
        return self._browser.request(challenge.for_passkey, known)

    async def _use(
        self, connection: Connection, row: Any, challenge: Challenge, answer: PasskeyAnswer
    ) -> bool:
        factor: UUID = row["id"]
        public_key = self._seal.open(row["sealed"], factor.bytes)
        known: int = row["counter"]
        counter = self._browser.counted(challenge.for_passkey, answer, public_key, known)
        return await repository.use_passkey(connection, factor, counter)
