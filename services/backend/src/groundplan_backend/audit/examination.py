"""One pass over the whole record: the chain from its first link, then events that have none."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from groundplan_backend.audit import repository, schemas
from groundplan_backend.audit.anchors import Anchors
from groundplan_backend.audit.examiner import Examiner
from groundplan_backend.audit.sealer import BATCH, LATE, Sealer
from groundplan_backend.audit.signing import Signer, first_id
from groundplan_backend.postgres.pool import Pool

_LINKS = 250
_STRIDE = 20_000


class Finding(msgspec.Struct, kw_only=True):
    """What a pass found."""

    checked: int
    took_seconds: float
    faults: list[schemas.Fault]
    faults_total: int
    unsigned: int

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.faults_total == 0


class Examination:
    """Reads the record for an examiner, in pieces that leave time for requests."""

    def __init__(
        self, pool: Pool, signer: Signer, anchors: Anchors | None, sealer: Sealer | None = None
    ) -> None:
        self._pool = pool
        self._anchors = anchors
        self._sealer = sealer
        self._examiner = Examiner(signer)
        self._days: list[str] = []

    async def run(self) -> Finding:
        """Look at everything and tell what was found.

        Raises:
            DependencyUnavailable: PostgreSQL does not answer.
            OSError: the anchors cannot be read.
        """
        began = time.monotonic()
        self._days = await self._anchors.days() if self._anchors else []
        await self._chain()
        await self._unlinked()
        examiner = self._examiner
        return Finding(
            checked=examiner.checked,
            took_seconds=round(time.monotonic() - began, 3),
            faults=examiner.faults,
            faults_total=examiner.faults_total,
            unsigned=examiner.unsigned,
        )

    async def _chain(self) -> None:
        rows = await self._links_after(0)
        while rows:
            last = rows[-1]["position"]
            await self._expect(last)
            following = asyncio.create_task(self._links_after(last))
            # Once the question is on its way, PostgreSQL works while these are judged.
            await asyncio.sleep(0)
            for row in rows:
                self._examiner.link(row)
            rows = await following
        self._examiner.end()

    async def _links_after(self, position: int) -> list[Any]:
        rows = await repository.chain(self._pool, position, _LINKS)
        if rows:
            return rows
        await self._expect(None)
        # What was sealed while the anchors were read.
        return await repository.chain(self._pool, position, _LINKS)

    async def _expect(self, upto: int | None) -> None:
        """Take days of anchors until they reach a position; None is all."""
        while self._days and (upto is None or self._examiner.wants_anchors(upto)):
            assert self._anchors is not None
            self._examiner.expect(await self._anchors.of_day(self._days.pop(0)))

    async def _unlinked(self) -> None:
        """Find old events without a link; those that are only late get theirs."""
        begin, end = UUID(int=0), first_id(datetime.now(UTC) - 2 * LATE)
        while begin < end:
            upto = min(end, await repository.stride(self._pool, begin, _STRIDE))
            rows = await repository.unsealed(self._pool, begin, upto, BATCH)
            late = [self._examiner.unlinked(row) for row in rows]
            if any(late) and self._sealer is not None:
                await self._sealer.seal_late(begin, upto)
            begin = rows[-1]["id"] if len(rows) == BATCH else upto
