"""Runs a create once per `Idempotency-Key`, in one transaction with what it creates."""

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from groundplan_backend.errors import IdempotencyKeyInProgress, IdempotencyKeyReused
from groundplan_backend.idempotency import repository
from groundplan_backend.postgres.pool import Connection, Pool
from groundplan_backend.settings import Secret

Create = Callable[[Connection], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Claim:
    """A create that may come twice: whose, on which route, under which key, with which body."""

    caller: str
    route: str
    key: str
    body: bytes

    @property
    def name(self) -> repository.Name:
        """What the kept answer is found by."""
        return (self.caller, self.route, self.key)


class Idempotency:
    """Keeps the answers to creates for 24 hours."""

    def __init__(self, pool: Pool, key: Secret) -> None:
        self._pool = pool
        self._key = hashlib.sha256(b"idempotency:" + key.reveal().encode()).digest()

    async def create(self, claim: Claim | None, work: Create) -> bytes:
        """Run `work` in a transaction and return its answer, or the one that was kept.

        Raises:
            IdempotencyKeyReused: the key stands for another body.
            IdempotencyKeyInProgress: the first request is still running.
        """
        async with self._pool.transaction() as connection:
            if claim is None:
                return await work(connection)
            digest = hmac.digest(self._key, claim.body, "sha256")
            kept = await self._kept(connection, claim, digest)
            if kept is not None:
                return kept
            body = await work(connection)
            if not await repository.keep(connection, claim.name, digest, body):
                raise IdempotencyKeyInProgress("a request with this key has just finished")
            return body

    async def _kept(self, connection: Connection, claim: Claim, digest: bytes) -> bytes | None:
        row = await repository.claim(connection, claim.name)
        if not row["taken"]:
            raise IdempotencyKeyInProgress("a request with this key is running")
        if row["body_digest"] is None:
            return None
        if not hmac.compare_digest(row["body_digest"], digest):
            raise IdempotencyKeyReused("this key was used for another body")
        body: bytes = row["body"]
        return body

    async def forget(self) -> None:
        """Delete answers that are older than a day."""
        await repository.forget(self._pool)
