"""Keeps known whether the record is sound: passes when one is due or asked for, and its state.

What a pass found is recorded as an event itself, so that all replicas tell the same and the
history of passes cannot be changed either.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec
import structlog

from groundplan_backend.audit import repository, schemas, service
from groundplan_backend.audit.anchors import Anchor, Anchors
from groundplan_backend.audit.examination import Examination, Finding
from groundplan_backend.audit.sealer import ALARM, LATE, Sealer
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.audit.signing import Content, Signer, first_id
from groundplan_backend.postgres.pool import Pool

DUE: Final = timedelta(hours=1)
LOOK_EVERY: Final = 60.0
ACTION: Final = "audit.verify"

_log: Final = structlog.get_logger("backend.audit")
_NOBODY: Final = Actor(service.BACKEND, "", "")


@dataclass(frozen=True, slots=True)
class _Pass:
    """A pass that ended: when, and what it found."""

    at: datetime
    finding: Finding


class Verifier:
    """Runs passes and tells the state."""

    def __init__(
        self, pool: Pool, signer: Signer, sealer: Sealer, anchors: Anchors | None
    ) -> None:
        self._pool = pool
        self._signer = signer
        self._sealer = sealer
        self._anchors = anchors
        self._noted: tuple[int, bytes] | None = None
        self._running: asyncio.Task[None] | None = None

    async def verify_when_due(self) -> None:
        """Run a pass when the last one, of whichever replica, is an hour old."""
        last = await self._last_pass()
        if last is None or datetime.now(UTC) - last.at >= DUE:
            await self.verify(_NOBODY)

    async def verify(self, actor: Actor) -> Finding:
        """Run a pass and record what it found."""
        finding = await Examination(self._pool, self._signer, self._anchors, self._sealer).run()
        outcome = "done" if finding.is_sound else "failed"
        detail: dict[str, Any] = msgspec.to_builtins(finding)
        async with self._pool.transaction() as connection:
            await service.record(
                connection, actor, Event(ACTION, "audit", detail, outcome=outcome)
            )
        if not finding.is_sound:
            first = finding.faults[0]
            _log.error(
                "the audit record is not sound",
                faults=finding.faults_total,
                kind=first.kind,
                position=first.position,
            )
        return finding

    def begin(self, actor: Actor) -> None:
        """Run a pass beside the requests, unless one runs here already."""
        if self._running is None or self._running.done():
            self._running = asyncio.get_running_loop().create_task(self._run(actor))

    async def anchor(self) -> None:
        """Note the last link outside the database, when it is not noted yet."""
        if self._anchors is None:
            return
        row = await repository.head(self._pool)
        newest = await self._anchors.latest()
        head = (row["position"], row["seal"]) if row else None
        if head is not None and head not in (self._noted, newest and newest[:2]):
            await self._anchors.put(*head)
            self._noted = head

    async def state(self) -> schemas.Verification:
        """Tell what the last pass found, and how the record stands now."""
        last = await self._last_pass()
        finding = last.finding if last else None
        alarm = await self._last_of(ALARM)
        head = await repository.head(self._pool)
        latest = head["at"] if head and head["at"] else datetime.now(UTC)
        return schemas.Verification(
            state=_word(finding),
            checked_at=last.at if last else None,
            checked=finding.checked if finding else 0,
            took_seconds=finding.took_seconds if finding else 0.0,
            faults=finding.faults if finding else [],
            faults_total=finding.faults_total if finding else 0,
            unsigned=finding.unsigned if finding else 0,
            head=_head(head),
            waiting=await repository.waiting(self._pool, first_id(latest - LATE)),
            anchor=_anchor(await self._anchors.latest() if self._anchors else None),
            anchored=self._anchors is not None,
            alarmed_at=alarm.at if alarm else None,
            protected=await repository.is_protected(self._pool),
        )

    async def _run(self, actor: Actor) -> None:
        try:
            await self.verify(actor)
        except Exception as error:
            _log.error("a pass over the audit record failed", error=repr(error))

    async def _last_pass(self) -> _Pass | None:
        content = await self._last_of(ACTION)
        if content is None:
            return None
        with suppress(msgspec.DecodeError):
            return _Pass(content.at, msgspec.json.decode(content.detail, type=Finding))
        return None

    async def _last_of(self, action: str) -> Content | None:
        """Return the last event of an action that the backend itself has recorded."""
        for row in await repository.last_of(self._pool, action):
            content = Content(*tuple(row)[:12])
            if self._signer.proof(content) == row["proof"]:
                return content
        return None


def _word(finding: Finding | None) -> Any:
    if finding is None:
        return "unknown"
    return "sound" if finding.is_sound else "broken"


def _head(row: Any) -> schemas.ChainHead | None:
    if row is None:
        return None
    at = row["at"] or datetime.fromtimestamp(0, UTC)
    return schemas.ChainHead(position=row["position"], seal=row["seal"].hex(), at=at)


def _anchor(found: Anchor | None) -> schemas.Anchor | None:
    if found is None:
        return None
    return schemas.Anchor(position=found.position, seal=found.seal.hex(), at=found.at)
