"""The store of samples: takes them in, answers selections, cuts, and lets go of the oldest.

Samples may be put in and selected from any thread. What touches the disk, `flush`, `cut` and
`select`, is called from threads that may wait; `flush` and `cut` from one at a time.
"""

import sqlite3
import threading
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, Protocol

import structlog

from groundplan_telemetry.metrics.labels import NAME, Labels, Matcher
from groundplan_telemetry.metrics.promql.values import STALE, Samples
from groundplan_telemetry.metrics.storage import block
from groundplan_telemetry.metrics.storage.block import Block, Chunk
from groundplan_telemetry.metrics.storage.head import Head, Piece
from groundplan_telemetry.metrics.storage.index import Index
from groundplan_telemetry.metrics.storage.journal import Batch, Journal

MOST_SERIES: Final = 50_000
CUT: Final = 600_000
"""Milliseconds of samples that make a chunk."""

SIGNAL: Final = "metrics"
PATIENT: Final = ("ALERTS", "ALERTS_FOR_STATE")

log = structlog.get_logger()


class Books(Protocol):
    """Where samples are counted."""

    def received(self, signal: str, count: int) -> None:
        """Count samples that arrived."""

    def stored(self, signal: str, count: int) -> None:
        """Count samples that were taken in."""

    def dropped(self, signal: str, reason: str, count: int) -> None:
        """Count samples that were lost."""

    def expired(self, signal: str, count: int) -> None:
        """Count samples that went because of their age, or to make room."""


class Store:
    """Samples of all series of this machine."""

    def __init__(
        self, folder: Path, size: float, keep: float, books: Books, most_series: int = MOST_SERIES
    ) -> None:
        """Open a folder and read back what was not yet cut.

        Args:
            folder: where the samples lie; made where it is not there.
            size: bytes that they may take; the oldest go first.
            keep: seconds that they are kept.
            books: where what is kept and lost is counted.
            most_series: how many series are told apart; samples of others are dropped.
        """
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder, self._size, self._keep = folder, size, keep
        self._most_series = most_series
        self._lock = threading.Lock()
        self._books = books
        self._is_closed = False
        self.generation = 0
        """Counts how often series were forgotten: who remembers their numbers asks anew."""
        self._index, self._head, self._frozen = Index(), Head(), Head()
        self._new: list[tuple[int, Labels]] = []
        self._pending: list[Batch] = []
        self._blocks = self._opened()
        self._journal = self._read_back()

    def _opened(self) -> dict[int, Block]:
        found = {}
        for file in sorted(self._folder.glob("*.db")):
            if file.stem.isdecimal():
                try:
                    opened = Block(file)
                except sqlite3.DatabaseError as error:
                    log.warning("metrics.block_damaged", file=file.name, reason=str(error))
                    _remove(file)
                    continue
                found[opened.start] = opened
        return found

    def _read_back(self) -> Journal:
        file = self._folder / "journal.sqlite"
        try:
            return self._replayed(Journal(file))
        except sqlite3.DatabaseError as error:
            log.warning("metrics.journal_damaged", file=file.name, reason=str(error))
        # Numbers without labels mean nothing: blocks of a lost journal go with it.
        self._index, self._head = Index(), Head()
        for each in self._blocks.values():
            each.remove()
        self._blocks = {}
        _remove(file)
        return Journal(file)

    def _replayed(self, journal: Journal) -> Journal:
        for number, labels in journal.series():
            self._index.add(labels, number)
        for batch in journal.batches():
            for number, value in zip(batch.numbers, batch.values, strict=True):
                if batch.time > self._head.last(number):
                    self._head.append(number, batch.time, value)
        return journal

    def number(self, labels: Labels) -> int | None:
        """Return a series' number, a new one where it has none; None where there are too many."""
        known = self._index.number(labels)
        if known is not None:
            return known
        if len(self._index) >= self._most_series:
            self._books.dropped(SIGNAL, "series_limit", 1)
            return None
        with self._lock:
            known = self._index.number(labels)
            if known is None:
                known = self._index.add(labels)
                self._new.append((known, labels))
        return known

    def append(self, time: int, numbers: Sequence[int], values: Sequence[float]) -> None:
        """Take in samples of one moment; what comes out of order is dropped."""
        kept, taken = array("q"), array("d")
        with self._lock:
            for number, value in zip(numbers, values, strict=True):
                if self._refuses(number, time):
                    continue
                self._head.append(number, time, value)
                kept.append(number)
                taken.append(value)
            self._pending.append(Batch(time, kept, taken))
        self._books.received(SIGNAL, len(numbers))
        self._books.stored(SIGNAL, len(kept))
        self._books.dropped(SIGNAL, "out_of_order", len(numbers) - len(kept))

    def _refuses(self, number: int, time: int) -> bool:
        known = self._head.last(number) or self._frozen.last(number)
        return time <= known or number not in self._index

    def record(self, labels: Labels, time: int, value: float) -> None:
        """Take in one sample of a series that is named by its labels."""
        number = self.number(labels)
        if number is not None:
            self.append(time, (number,), (value,))

    def end_absent(self, before: int) -> None:
        """End the series that were read back and have no sample since a moment.

        Nobody looked meanwhile, and a time without a look is no straight line. What alerts wait
        from is left as it is: their patience outlives an absence.
        """
        for number in sorted(self._head.series()):
            last = self._head.last(number)
            named = dict(self._index.labels(number)).get(NAME)
            if last < before and named not in PATIENT:
                self.append(last + 1, (number,), (STALE,))

    def select(self, matchers: Sequence[Matcher], start: int, end: int) -> list[Samples]:
        """Return the samples of the series that fit, from `start` to `end`, both included."""
        with self._lock:
            named = {n: self._index.labels(n) for n in self._index.select(matchers)}
            newest = {n: self._newest(n, start, end) for n in named}
            blocks = [each for _, each in sorted(self._blocks.items())]
        older = self._older(blocks, {n: until for n, (_, until) in newest.items()}, start)
        found = []
        for number, labels in named.items():
            pieces = [*older.get(number, ()), *newest[number][0]]
            if pieces:
                found.append(_joined(labels, pieces))
        return found

    def _newest(self, number: int, start: int, end: int) -> tuple[list[Piece], int]:
        """Return what memory holds of a series, and until when blocks are to be asked."""
        pieces = [head.piece(number, start, end) for head in (self._frozen, self._head)]
        firsts = [t for head in (self._frozen, self._head) if (t := head.first(number))]
        return [piece for piece in pieces if piece], min([end, *(t - 1 for t in firsts)])

    def _older(
        self, blocks: list[Block], until: dict[int, int], start: int
    ) -> dict[int, list[Piece]]:
        wanted = [number for number, end in until.items() if end >= start]
        last = max((until[number] for number in wanted), default=start - 1)
        found: dict[int, list[Piece]] = {}
        for each in blocks:
            if each.start > last or each.end < start or not wanted:
                continue
            for number, pieces in each.read(wanted, start, last).items():
                cut = (_within(piece, start, until[number]) for piece in pieces)
                found.setdefault(number, []).extend(piece for piece in cut if piece[0])
        return found

    def series(self, matchers: Sequence[Matcher]) -> list[Labels]:
        """Return the label sets of the series that fit."""
        with self._lock:
            return [self._index.labels(number) for number in self._index.select(matchers)]

    def flush(self) -> None:
        """Write to the journal what is only in memory."""
        with self._lock:
            new, pending = self._taken()
        self._journal.write(new, pending)

    def _taken(self) -> tuple[list[tuple[int, Labels]], list[Batch]]:
        new, self._new = self._new, []
        pending, self._pending = self._pending, []
        return new, pending

    def cut(self, now: int) -> None:
        """Make chunks of the head, and let go of what is too old or too much."""
        with self._lock:
            self._frozen, self._head = self._head, Head()
            new, pending = self._taken()
        until = self._journal.write(new, pending)
        chunks: dict[int, list[Chunk]] = {}
        for each in self._frozen.chunks(block.LONGEST_CHUNK):
            chunks.setdefault(block.beginning(each[1][0]), []).append(each)
        for start, those in chunks.items():
            self._block(start).write(those)
        with self._lock:
            self._frozen = Head()
        self._journal.forget(until)
        self._let_go(now)

    def _block(self, start: int) -> Block:
        found = self._blocks.get(start) or Block.of(self._folder, start)
        with self._lock:
            self._blocks[start] = found
        return found

    def _let_go(self, now: int) -> None:
        gone = []
        for start, each in sorted(self._blocks.items()):
            if each.end >= now - self._keep * 1000 and self.size <= self._size:
                break
            with self._lock:
                del self._blocks[start]
            gone.append(each)
            self._books.expired(SIGNAL, each.samples())
            each.remove()
        if gone:
            self._forget_series()

    def _forget_series(self) -> None:
        alive: set[int] = set()
        for each in self._blocks.values():
            alive |= each.series()
        with self._lock:
            alive |= self._head.series() | {number for number, _ in self._new}
            forgotten = self._index.keep(alive)
            self.generation += 1
        self._journal.forget(0, forgotten)

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return self._journal.size + sum(each.size for each in list(self._blocks.values()))

    @property
    def series_count(self) -> int:
        """How many series are told apart."""
        return len(self._index)

    @property
    def oldest(self) -> int | None:
        """When the oldest block begins; None where nothing was cut yet."""
        return min(self._blocks, default=None)

    def close(self) -> None:
        """Write what is only in memory, and close the files."""
        if self._is_closed:
            return
        self._is_closed = True
        self.flush()
        self._journal.close()
        for each in self._blocks.values():
            each.close()


def _within(piece: Piece, start: int, end: int) -> Piece:
    times, values = piece
    low, high = bisect_left(times, start), bisect_right(times, end)
    return times[low:high], values[low:high]


def _joined(labels: Labels, pieces: Iterable[Piece]) -> Samples:
    times, values = array("q"), array("d")
    for some, those in pieces:
        times.extend(some)
        values.extend(those)
    return Samples(labels, times, values)


def _remove(file: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
