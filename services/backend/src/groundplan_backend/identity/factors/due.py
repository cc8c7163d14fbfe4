"""Whether a sign-in needs more than the password, and what it then asks for."""

import hashlib
import hmac
from typing import Any, Final, Literal

from groundplan_backend.errors import ChallengeEnded
from groundplan_backend.identity.factors import repository
from groundplan_backend.identity.factors.challenges import Challenge, Challenges
from groundplan_backend.identity.factors.proofs import Proofs
from groundplan_backend.identity.factors.schemas import Mfa, MfaDue
from groundplan_backend.identity.factors.sealing import derived_key
from groundplan_backend.postgres.pool import Connection
from groundplan_backend.settings import Settings

Method = Literal["password", "totp", "passkey", "recovery", "oidc"]
_WITHOUT_FACTOR: Final = (None, "password", "oidc")


class SecondFactor:
    """Knows who must bring a factor, and makes the challenges of sign-ins."""

    def __init__(self, settings: Settings, made: Challenges, proofs: Proofs) -> None:
        self._required_for = settings.mfa_required_for
        self._key = derived_key(settings.key_encryption_key, "password in force")
        self._challenges = made
        self._proofs = proofs

    def is_required(self, role: str) -> bool:
        """Whether people of a role must have a factor."""
        return role in self._required_for

    def is_missing(self, role: str, method: str | None) -> bool:
        """Whether a session began without the factor that its user must bring by now."""
        return self.is_required(role) and method in _WITHOUT_FACTOR

    async def due(self, connection: Connection, user: Any) -> MfaDue | None:
        """Return what a user whose password was right has to bring; None when nothing."""
        enrol = not user["factors"]
        if enrol and not self.is_required(user["role"]):
            return None
        challenge = self._challenges.make("sign-in", user["id"], self._in_force(user))
        mfa = Mfa(challenge=challenge.token, methods=[], enrol=enrol)
        mfa.methods = [kind for kind in ("totp", "passkey") if kind in user["factors"]]
        if "passkey" in user["factors"]:
            mfa.passkey = await self._proofs.request(connection, challenge)
        if not enrol and await repository.count_recovery_codes(connection, user["id"]):
            mfa.methods.append("recovery")
        return MfaDue(mfa=mfa)

    def check(self, challenge: Challenge, user: Any) -> None:
        """Let a challenge pass that was made for the password as it is.

        Raises:
            ChallengeEnded: the password was changed meanwhile.
        """
        if user is None or self._in_force(user) != challenge.payload:
            raise ChallengeEnded("the password was changed; sign in again")

    def _in_force(self, user: Any) -> bytes:
        return hmac.digest(self._key, user["password"].encode(), hashlib.sha256)[:16]
