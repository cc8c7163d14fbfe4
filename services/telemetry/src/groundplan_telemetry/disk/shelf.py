"""All segments of one signal: the newest is written, the oldest goes when room or time is up.

One thread writes; searches take a list of segments and open what they need for themselves.
"""

import sqlite3
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Generic, Protocol, TypeVar

import structlog

from groundplan_telemetry.disk import segment
from groundplan_telemetry.disk.segment import Segment
from groundplan_telemetry.ledger import Ledger

PARTS: Final = 16
"""Segments into which the room is cut, about."""
AGES: Final = 12
"""Segments into which the time is cut, at least."""
SMALLEST: Final = 1 << 20
MEASURED_EVERY: Final = 5.0
"""Seconds between looks at what all files take."""

log = structlog.get_logger()
Record = TypeVar("Record")
Given = TypeVar("Given", contravariant=True)


class Added(Protocol):
    """What became of a batch; times are microseconds since 1970."""

    @property
    def count(self) -> int:
        """Records that are new."""

    @property
    def lowest(self) -> int:
        """The earliest time among them."""

    @property
    def highest(self) -> int:
        """The latest time among them."""


class Table(Protocol[Given]):
    """How records of a kind stand in a segment."""

    @property
    def schema(self) -> str:
        """Return the SQL that makes an empty segment."""

    def opened(self, connection: sqlite3.Connection) -> None:
        """Forget what was known of the segment written before; another one is written now."""

    def add(self, connection: sqlite3.Connection, records: Sequence[Given]) -> Added:
        """Put records into the segment, inside a transaction."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bytes on the disk, and seconds that a record stays."""

    room: int
    keep: float


class Shelf(Generic[Record]):
    """The segments of a signal within bounds of bytes and of age."""

    def __init__(
        self, signal: str, folder: Path, bounds: Bounds, table: Table[Record], books: Ledger
    ) -> None:
        self.signal = signal
        self._folder = folder
        self._room = bounds.room
        self._keep = int(bounds.keep * 1e6)
        self._table = table
        self._books = books
        self._lock = threading.Lock()
        self._segments = segment.find(folder, signal)
        self._connection: sqlite3.Connection | None = None
        self._size = 0
        self._measured_at = 0.0

    def write(self, records: Sequence[Record]) -> None:
        """Put records on the disk; what cannot be kept is counted as lost."""
        error = self._try(records)
        if error is not None and self._recover(error):
            error = self._try(records)
        if error is not None:
            self.lost("disk_full" if _is_full(error) else "disk_error", len(records))

    def lost(self, reason: str, count: int) -> None:
        """Count records that could not be put on the disk."""
        self._books.dropped(self.signal, reason, count)

    def tidy(self) -> None:
        """Let go of what is too old or too much."""
        for part in self.oldest_first():
            if part.is_damaged:
                self._set_aside(part)
        oldest = _now() - self._keep
        while self._segments and (
            self._segments[0].highest < oldest and self._segments[0].records
        ):
            self._expire()
        if time.monotonic() - self._measured_at >= MEASURED_EVERY:
            self._measure()
        while self._size > self._room and len(self._segments) > 1:
            self._expire()
            self._measure()

    def newest_first(self, low: int | None = None, high: int | None = None) -> list[Segment]:
        """Return the segments that may hold records between two times."""
        with self._lock:
            return [each for each in reversed(self._segments) if each.overlaps(low, high)]

    def oldest_first(self) -> list[Segment]:
        """Return all segments."""
        with self._lock:
            return list(self._segments)

    @property
    def size(self) -> int:
        """Bytes on the disk at the last look."""
        return self._size

    @property
    def records(self) -> int:
        """Records on the disk."""
        return sum(each.records for each in self.oldest_first())

    @property
    def oldest(self) -> int | None:
        """The earliest time of a record; None where there is none."""
        found = [each.lowest for each in self.oldest_first() if each.records]
        return min(found, default=None)

    def close(self) -> None:
        """End the writing."""
        self._leave()

    def _try(self, records: Sequence[Record]) -> sqlite3.DatabaseError | None:
        try:
            self._write(records)
        except sqlite3.DatabaseError as error:
            return error
        return None

    def _write(self, records: Sequence[Record]) -> None:
        connection, current = self._current()
        connection.execute("BEGIN IMMEDIATE")
        try:
            added = self._table.add(connection, records)
            wider = replace(current)
            wider.widen(added.lowest, added.highest, added.count)
            segment.note_bounds(connection, wider)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            self._table.opened(connection)
            raise
        current.widen(added.lowest, added.highest, added.count)
        self._books.stored(self.signal, added.count)
        self._books.repeated(self.signal, len(records) - added.count)

    def _current(self) -> tuple[sqlite3.Connection, Segment]:
        if self._connection is not None and self._is_full_of(self._segments[-1]):
            self._leave()
        if self._connection is None:
            self._connection = self._open()
        return self._connection, self._segments[-1]

    def _open(self) -> sqlite3.Connection:
        """Go on with the last segment where it has room, else begin one."""
        last = self._segments[-1] if self._segments else None
        if last is not None and not self._is_full_of(last):
            connection = segment.open_to_write(last.path)
        else:
            made, connection = segment.make(self._folder, self.signal, self._table.schema)
            with self._lock:
                self._segments.append(made)
        try:
            self._table.opened(connection)
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def _is_full_of(self, current: Segment) -> bool:
        is_large = current.size >= max(SMALLEST, self._room // PARTS)
        return is_large or _now() - current.made > self._keep // AGES

    def _leave(self) -> None:
        if self._connection is not None:
            with closing(self._connection) as connection:
                self._connection = None
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @staticmethod
    def _is_past(part: Segment, oldest: int) -> bool:
        return part.records > 0 and part.highest < oldest

    def _expire(self) -> None:
        if len(self._segments) == 1:
            self._leave()
        with self._lock:
            gone = self._segments.pop(0)
        gone.delete()
        self._books.expired(self.signal, gone.records)

    def _measure(self) -> None:
        self._size = sum(each.size for each in self._segments)
        self._measured_at = time.monotonic()

    def _recover(self, error: sqlite3.DatabaseError) -> bool:
        """Make another attempt possible; say whether there is hope."""
        log.warning("write.failed", signal=self.signal, reason=str(error))
        if _is_full(error) and len(self._segments) > 1:
            self._expire()
            return True
        if segment.is_damage(error):
            self._set_aside(self._segments[-1])
            return True
        return False

    def _set_aside(self, damaged: Segment) -> None:
        if self._connection is not None and damaged is self._segments[-1]:
            self._connection.close()
            self._connection = None
        with self._lock:
            self._segments.remove(damaged)
        damaged.set_aside()
        self._books.dropped(self.signal, "damaged", damaged.records)


def _is_full(error: sqlite3.DatabaseError) -> bool:
    return "full" in str(error) or "disk I/O" in str(error)


def _now() -> int:
    return time.time_ns() // 1000
