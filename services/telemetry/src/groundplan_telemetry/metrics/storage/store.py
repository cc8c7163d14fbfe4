"""The store of samples: takes them in, answers selections, cuts, and lets go of the oldest.

Samples may be put in and selected from any thread. What touches the disk, `flush`, `cut` and
`select`, is called from threads that may wait; `flush` and `cut` from one at a time.
"""

import sqlite3
import threading
import time
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

import structlog

from groundplan_telemetry.metrics.labels import NAME, Labels, Matcher
from groundplan_telemetry.metrics.promql import table
from groundplan_telemetry.metrics.promql.sheet import Held, Piece, Sheet, gathered
from groundplan_telemetry.metrics.promql.table import Table
from groundplan_telemetry.metrics.promql.values import STALE, Samples
from groundplan_telemetry.metrics.storage import block
from groundplan_telemetry.metrics.storage import file as files
from groundplan_telemetry.metrics.storage.block import Block
from groundplan_telemetry.metrics.storage.head import Head
from groundplan_telemetry.metrics.storage.index import Index
from groundplan_telemetry.metrics.storage.journal import Batch, Journal
from groundplan_telemetry.metrics.storage.recent import Recent

MOST_SERIES: Final = 50_000
CUT: Final = 600_000
"""Milliseconds of samples that make a sheet."""

SIGNAL: Final = "metrics"
DAMAGED: Final = "damaged"
NOT_TAKEN: Final = "disk_error"
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

    def missing(self, signal: str, reason: str, start: int, end: int) -> None:
        """Note a time, in microseconds, whose samples are lost and were not counted."""


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
        self._recent = Recent()
        self._blocks = self._opened()
        self._journal = self._read_back()

    def _opened(self) -> dict[int, Block]:
        found = {}
        for file in sorted(self._folder.glob("*.db")):
            if file.stem.isdecimal():
                try:
                    opened = Block(file, self._recent)
                except sqlite3.DatabaseError as error:
                    log.warning("metrics.block_damaged", file=file.name, reason=str(error))
                    begin = int(file.stem) * 1000
                    self._books.missing(SIGNAL, DAMAGED, begin, begin + block.LENGTH * 1000)
                    files.set_aside(file)
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
        now = time.time_ns() // 1000
        begin = min((start * 1000 for start in self._blocks), default=now - CUT * 1000)
        self._books.missing(SIGNAL, DAMAGED, begin, now)
        self._index, self._head = Index(), Head()
        for each in self._blocks.values():
            each.remove()
        self._blocks = {}
        files.set_aside(file)
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
        named, sheets = self._sheets(matchers, start, end)
        return table.series(named, sheets, start, end)

    def tables(self, matchers: Sequence[Matcher], start: int, end: int) -> list[Table]:
        """Return the series that fit in tables, from `start` to `end`, both included."""
        named, sheets = self._sheets(matchers, start, end)
        return table.tables(named, sheets, start, end)

    def _sheets(
        self, matchers: Sequence[Matcher], start: int, end: int
    ) -> tuple[dict[int, Labels], list[Sheet]]:
        with self._lock:
            named = {n: self._index.labels(n) for n in self._index.select(matchers)}
            newest = [
                (number, *piece)
                for head in (self._frozen, self._head)
                for number in named
                if (piece := head.piece(number, start, end)) is not None
            ]
            blocks = [each for _, each in sorted(self._blocks.items())]
        names = {_metric(labels) for labels in named.values()}
        older: list[Sheet] = []
        for each in blocks:
            if each.start <= end and each.end >= start:
                older += each.read(names, start, end)
        return named, [*older, *gathered(newest)]

    def series(self, matchers: Sequence[Matcher]) -> list[Labels]:
        """Return the label sets of the series that fit."""
        with self._lock:
            return [self._index.labels(number) for number in self._index.select(matchers)]

    def refuse(self, reason: str, count: int) -> None:
        """Count samples that were never put in."""
        self._books.dropped(SIGNAL, reason, count)

    def flush(self) -> None:
        """Write to the journal what is only in memory."""
        with self._lock:
            new, pending = self._taken()
        self._journalled(new, pending)

    def _journalled(self, new: list[tuple[int, Labels]], pending: list[Batch]) -> int:
        try:
            return self._journal.write(new, pending)
        except sqlite3.Error:
            # The disk may have room again before the next attempt.
            with self._lock:
                self._new[:0], self._pending[:0] = new, pending
            raise

    def _taken(self) -> tuple[list[tuple[int, Labels]], list[Batch]]:
        new, self._new = self._new, []
        pending, self._pending = self._pending, []
        return new, pending

    def cut(self, now: int) -> None:
        """Make sheets of the head, and let go of what is too old or too much.

        What the disk does not take is tried once more with the next cut, and lost then.

        Raises:
            sqlite3.Error: the disk does not take it.
        """
        self._try_again()
        with self._lock:
            self._frozen, self._head = self._head, Head()
            new, pending = self._taken()
        try:
            until = self._journalled(new, pending)
            self._put_away()
            self._journal.forget(until)
        finally:
            self._let_go(now)

    def _try_again(self) -> None:
        """Write what the last cut could not; what cannot be written twice is given up."""
        try:
            self._put_away()
        except sqlite3.Error:
            self.refuse(NOT_TAKEN, len(self._frozen))
            with self._lock:
                self._frozen, self._pending = Head(), []

    def _put_away(self) -> None:
        for start, those in self._cut().items():
            self._block(start).write(those)
        with self._lock:
            self._frozen = Head()

    def _cut(self) -> dict[int, dict[str, list[Held]]]:
        """Return what was put aside in sheets, by block and metric."""
        pieces: dict[tuple[int, str], list[Piece]] = {}
        for each in self._frozen.pieces(block.LONGEST):
            name = _metric(self._index.labels(each[0]))
            pieces.setdefault((block.beginning(each[1][0]), name), []).append(each)
        found: dict[int, dict[str, list[Held]]] = {}
        for (start, name), some in pieces.items():
            found.setdefault(start, {})[name] = gathered(some)
        return found

    def _block(self, start: int) -> Block:
        found = self._blocks.get(start) or Block.of(self._folder, start, self._recent)
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


def _metric(labels: Labels) -> str:
    return dict(labels).get(NAME, "")
