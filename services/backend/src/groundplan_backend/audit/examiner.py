"""Judges links, events and anchors one after the other and remembers what is wrong with them.

Takes rows in the order of the chain; a wrong link does not make the following ones wrong, for
each is judged by the seal that stands before it.
"""

from collections import deque
from typing import Any, Final
from uuid import UUID

from groundplan_backend.audit.anchors import Anchor
from groundplan_backend.audit.schemas import Fault, FaultKind
from groundplan_backend.audit.signing import GENESIS, Content, Signer

LISTED: Final = 50
"""Faults that are named; of the others only the number is told."""


class Examiner:
    """One pass over the record."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer
        self._seal = GENESIS
        self._pending: deque[Anchor] = deque()
        self.position = 0
        self.checked = 0
        self.unsigned = 0
        self.faults: list[Fault] = []
        self.faults_total = 0

    def expect(self, anchors: list[Anchor]) -> None:
        """Take anchors that the chain must agree with, in order of their positions."""
        self._pending.extend(anchors)

    def wants_anchors(self, upto: int) -> bool:
        """Say whether all anchors up to a position may not have been taken yet."""
        return not self._pending or self._pending[-1].position < upto

    def link(self, row: Any) -> None:
        """Judge one link (position, event, seal) and its event (content and proof)."""
        position, event, seal = row[0], row[1], row[2]
        if position != self.position + 1:
            words = f"the links from {self.position + 1} to {position - 1} are gone"
            self._wrong("deleted", self.position + 1, None, words)
        self._judge(position, event, seal, row)
        self._compare(position, seal)
        self.position, self._seal = position, seal
        self.checked += 1

    def end(self) -> None:
        """Judge what was anchored and is not there any more."""
        if self._pending:
            last = self._pending[-1]
            words = f"the chain ends here; {last.position} was anchored at {last.at:%FT%TZ}"
            self._wrong("tail_cut", self.position + 1, None, words)

    def unlinked(self, row: Any) -> bool:
        """Judge an old event without a link (content and proof); True when it is only late."""
        if self._signer.proof(Content(*tuple(row)[:12])) == row["proof"]:
            return True
        words = "it has no link, and the backend did not sign it"
        self._wrong("inserted" if row["proof"] is None else "forged", None, row["id"], words)
        return False

    def _judge(self, position: int, event: UUID, seal: bytes, row: Any) -> None:
        content, proof = Content(*tuple(row)[3:15]), row[15]
        if content.id is None:
            self._wrong("deleted", position, event, "the event of this link is gone")
            return
        true = self._signer.proof(content)
        if proof is not None and proof != true:
            self._wrong("edited", position, event, "the event is not what was signed")
            return
        self.unsigned += proof is None
        if self._signer.link(self._seal, position, event, true) == seal:
            return
        if proof is None:
            self._wrong("edited", position, event, "the event is not what was sealed")
        else:
            words = "the event is genuine and does not belong between its neighbours"
            self._wrong("reordered", position, event, words)

    def _compare(self, position: int, seal: bytes) -> None:
        while self._pending and self._pending[0].position <= position:
            anchor = self._pending.popleft()
            if anchor.position != position or anchor.seal != seal:
                words = f"another link was anchored at {anchor.at:%FT%TZ}"
                self._wrong("forked", anchor.position, None, words)

    def _wrong(
        self, kind: FaultKind, position: int | None, event: UUID | None, words: str
    ) -> None:
        self.faults_total += 1
        if len(self.faults) < LISTED:
            self.faults.append(Fault(kind=kind, position=position, event=event, message=words))
