"""What a request brought: records that can be kept, and how many cannot and why."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

Record = TypeVar("Record")
Given = TypeVar("Given")
EARLY: Final = 3_600_000_000
"""Microseconds by which a sender's clock may be ahead."""
MOST: Final = 20_000
"""Records of one request that are looked at: memory has room for no more."""
LONGEST: Final = 31 * 86_400_000_000
"""Microseconds that a span may take."""
MALFORMED: Final = "malformed"
QUEUE_FULL: Final = "queue_full"
TOO_OLD: Final = "too_old"
FUTURE: Final = "future"


@dataclass(slots=True)
class Batch(Generic[Record]):
    """The records of one request."""

    records: list[Record] = field(default_factory=list)
    rejected: Counter[str] = field(default_factory=Counter)
    """By reason."""

    @property
    def count(self) -> int:
        """Records that arrived."""
        return len(self.records) + self.rejected.total()

    def take(self, given: Sequence[Given], make: Callable[[Given], Record], keep: float) -> None:
        """Make records of what was given; `keep` is how many seconds back they may be."""
        now = time.time_ns() // 1000
        earliest, latest = now - int(keep * 1e6), now + EARLY
        room = max(0, MOST - self.count)
        if len(given) > room:
            self.rejected[QUEUE_FULL] += len(given) - room
        for each in given[:room]:
            try:
                record = make(each)
            except (ValueError, TypeError, OverflowError, RecursionError):
                self.rejected[MALFORMED] += 1
                continue
            at = _time(record)
            if earliest <= at <= latest:
                self.records.append(record)
            else:
                self.rejected[TOO_OLD if at < earliest else FUTURE] += 1


def _time(record: object) -> int:
    """Return a record's time: where a span begins, or when a line was written."""
    at = getattr(record, "start", None)
    return int(getattr(record, "time", 0) if at is None else at)
