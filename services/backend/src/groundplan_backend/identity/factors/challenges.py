"""Challenges: sealed tokens that a client brings back within five minutes, once.

What they say stands in them and not in the database, so that asking costs no write; only the
ids of those that were answered are kept, until they would have ended anyway.
"""

import base64
import binascii
import hashlib
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

import msgspec

from groundplan_backend.errors import ChallengeEnded
from groundplan_backend.identity.factors import repository
from groundplan_backend.identity.factors.sealing import Broken, Seal
from groundplan_backend.postgres.pool import Connection
from groundplan_backend.settings import Secret

LIFE: Final = timedelta(minutes=5)

Purpose = Literal["sign-in", "totp", "passkey", "step-up"]


class _Sealed(msgspec.Struct, array_like=True, frozen=True):
    id: bytes
    user: bytes
    ends: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class Challenge:
    """One challenge; `payload` is what its maker wants to see again."""

    token: str
    id: uuid.UUID
    user: uuid.UUID
    expires_at: datetime
    payload: bytes

    @property
    def for_passkey(self) -> bytes:
        """What a passkey has to sign; it is as good for one use as the challenge itself."""
        return hashlib.sha256(self.token.encode()).digest()


class Challenges:
    """Makes challenges and reads them."""

    def __init__(self, key: Secret) -> None:
        self._seal = Seal(key, "challenge")

    def make(self, purpose: Purpose, user: uuid.UUID | str, payload: bytes = b"") -> Challenge:
        """Return a new challenge for a user."""
        owner, own = uuid.UUID(str(user)), uuid.uuid4()
        expires_at = (datetime.now(UTC) + LIFE).replace(microsecond=0)
        said = _Sealed(own.bytes, owner.bytes, int(expires_at.timestamp()), payload)
        sealed = self._seal.seal(msgspec.msgpack.encode(said), purpose.encode())
        token = base64.urlsafe_b64encode(sealed).decode().rstrip("=")
        return Challenge(token, own, owner, expires_at, payload)

    def read(self, purpose: Purpose, token: str, user: uuid.UUID | str = "") -> Challenge:
        """Return the challenge that a client brings back; `user` is who must have got it.

        Raises:
            ChallengeEnded: it is not of ours, for something or somebody else, or too old.
        """
        said = self._opened(purpose, token)
        owner, ends = uuid.UUID(bytes=said.user), datetime.fromtimestamp(said.ends, UTC)
        if ends <= datetime.now(UTC) or (user and str(owner) != str(user)):
            raise _ended()
        return Challenge(token, uuid.UUID(bytes=said.id), owner, ends, said.payload)

    def _opened(self, purpose: Purpose, token: str) -> _Sealed:
        try:
            sealed = base64.b64decode(token + "=" * (-len(token) % 4), b"-_", validate=True)
            data = self._seal.open(sealed, purpose.encode())
        except (binascii.Error, ValueError, Broken):
            raise _ended() from None
        return msgspec.msgpack.decode(data, type=_Sealed)


async def spend(connection: Connection, challenge: Challenge) -> None:
    """Use a challenge up, together with what it was answered for.

    Raises:
        ChallengeEnded: it was answered before.
    """
    if not await repository.spend(connection, challenge.id, challenge.expires_at):
        raise _ended()


def _ended() -> ChallengeEnded:
    return ChallengeEnded("this has taken too long or was done already; begin again")
