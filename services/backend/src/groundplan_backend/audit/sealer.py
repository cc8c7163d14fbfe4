"""Links events into the chain right after they are committed: one sealer at a time, in batches.

An event is committed without waiting for anybody; within about a second a sealer gives it its
position and link. Every replica tries, one gets the lock. What a sealer has seen it remembers:
a chain that is shorter or other than that raises an alarm at once, without any anchor.
"""

from datetime import timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

import structlog

from groundplan_backend.audit import repository, service
from groundplan_backend.audit.repository import LAST_ID
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.audit.signing import GENESIS, Content, Signer, first_id
from groundplan_backend.postgres.pool import Connection, Pool

ALARM: Final = "audit.alarm"
EVERY: Final = 0.5
"""Seconds between two looks for events."""
BATCH: Final = 1000
LATE: Final = timedelta(seconds=60)
"""How much later than a younger event an older one may be committed; far over any request."""

_log: Final = structlog.get_logger("backend.audit")


class Link(NamedTuple):
    """A place in the chain."""

    position: int
    seal: bytes


class Sealer:
    """Seals what is waiting."""

    def __init__(self, pool: Pool, signer: Signer) -> None:
        self._pool = pool
        self._signer = signer
        self._seen = Link(0, GENESIS)

    @property
    def seen(self) -> Link:
        """The last link that was sealed or found here."""
        return self._seen

    async def seal(self) -> int:
        """Seal all that is waiting and return how many events that were; 0 if another one does."""
        total = 0
        while True:
            done = await self._batch()
            total += done
            if done < BATCH:
                return total

    async def seal_late(self, begin: UUID, end: UUID) -> int:
        """Seal signed events between two ids that were left behind; return how many."""
        async with self._pool.transaction() as connection:
            if not await repository.lock(connection):
                return 0
            head = await repository.head(connection)
            rows = await repository.unsealed(connection, begin, end, BATCH)
            genuine = [row for row in rows if self._is_genuine(row)]
            await self._append(connection, _link(head), genuine)
        return len(genuine)

    async def _batch(self) -> int:
        async with self._pool.transaction() as connection:
            if not await repository.lock(connection):
                return 0
            head = await repository.head(connection)
            await self._compare(connection, _link(head))
            since = first_id(head["at"] - LATE) if head and head["at"] else UUID(int=0)
            rows = await repository.unsealed(connection, since, LAST_ID, BATCH)
            sealed = [row for row in rows if row["proof"] is None or self._is_genuine(row)]
            last = await self._append(connection, _link(head), sealed)
        self._seen = last
        self._report_forged(len(rows) - len(sealed))
        return len(sealed)

    def _is_genuine(self, row: Any) -> bool:
        proof: bytes | None = row["proof"]
        return proof == self._signer.proof(Content(*tuple(row)[:12]))

    async def _append(self, connection: Connection, last: Link, rows: list[Any]) -> Link:
        positions, events, seals = [], [], []
        position, seal = last
        for row in rows:
            position += 1
            proof = self._signer.proof(Content(*tuple(row)[:12]))
            seal = self._signer.link(seal, position, row["id"], proof)
            positions.append(position)
            events.append(row["id"])
            seals.append(seal)
        if rows:
            await repository.seal(connection, positions, events, seals)
        return Link(position, seal)

    async def _compare(self, connection: Connection, head: Link) -> None:
        seen = self._seen
        if not seen.position:
            return
        if head.position < seen.position:
            await _alarm(connection, "tail_cut", seen, head.position)
        elif await repository.seal_at(connection, seen.position) != seen.seal:
            await _alarm(connection, "forked", seen, head.position)

    def _report_forged(self, number: int) -> None:
        if number:
            _log.error("events that nobody signed rightly are not sealed", number=number)


async def _alarm(connection: Connection, kind: str, seen: Link, found: int) -> None:
    _log.error("the audit chain is not what it was", kind=kind, seen=seen.position, found=found)
    detail = {"kind": kind, "seen": seen.position, "seal": seen.seal.hex(), "found": found}
    event = Event(ALARM, "audit", detail, outcome="failed")
    await service.record(connection, Actor(service.BACKEND, "", ""), event)


def _link(head: Any) -> Link:
    return Link(head["position"], head["seal"]) if head else Link(0, GENESIS)
