"""The books of the store: what came, what was kept, what was lost and why, and for how long.

Nothing is dropped without a line here. The books outlive the process: they stand in one small
file that is replaced every few seconds, so that a time in which nobody listened is known too.
"""

import os
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Final

import msgspec

FILE: Final = "ledger.json"
EVERY: Final = 5.0
"""Seconds between writings."""
SILENT: Final = 15_000_000
"""Microseconds of absence that count as a gap."""
JOINED: Final = 10_000_000
"""Microseconds between losses of one kind that count as one gap."""
MOST_GAPS: Final = 100
ALL: Final = "all"
SIGNALS: Final = ("traces", "logs", "metrics")


class Gap(msgspec.Struct):
    """A time from which something is missing; microseconds since 1970."""

    signal: str
    reason: str
    start: int
    end: int
    lost: int = 0
    """Records; 0 where nobody could count them."""


class _Books(msgspec.Struct):
    alive: int = 0
    received: dict[str, int] = {}
    stored: dict[str, int] = {}
    expired: dict[str, int] = {}
    repeated: dict[str, int] = {}
    dropped: dict[str, dict[str, int]] = {}
    gaps: list[Gap] = []


class Ledger:
    """Counts by signal; may be written to from several threads."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._lock = threading.Lock()
        books = _read(self._file)
        self._counts = {
            "received": Counter(books.received),
            "stored": Counter(books.stored),
            "expired": Counter(books.expired),
            "repeated": Counter(books.repeated),
        }
        self._dropped = {signal: Counter(each) for signal, each in books.dropped.items()}
        self._gaps = books.gaps
        self._note_absence(books.alive)

    def received(self, signal: str, count: int) -> None:
        """Count records that arrived."""
        self._count("received", signal, count)

    def stored(self, signal: str, count: int) -> None:
        """Count records that are on the disk."""
        self._count("stored", signal, count)

    def expired(self, signal: str, count: int) -> None:
        """Count records that went because of their age, or to make room."""
        self._count("expired", signal, count)

    def repeated(self, signal: str, count: int) -> None:
        """Count records that were there already, because their sender sent them twice."""
        self._count("repeated", signal, count)

    def dropped(self, signal: str, reason: str, count: int) -> None:
        """Count records that were lost, and note the time of it as a gap."""
        if count <= 0:
            return
        with self._lock:
            self._dropped.setdefault(signal, Counter())[reason] += count
            self._note(Gap(signal, reason, _now(), _now(), count))

    def missing(self, signal: str, reason: str, start: int, end: int) -> None:
        """Note a time, in microseconds, from which records are lost that nobody could count."""
        with self._lock:
            self._dropped.setdefault(signal, Counter())[reason] += 1
            self._note(Gap(signal, reason, start, end))

    def keep(self) -> None:
        """Write the books down.

        Raises:
            OSError: the disk does not take them.
        """
        with self._lock:
            written = msgspec.json.encode(self._books())
        new = self._file.with_suffix(".new")
        new.write_bytes(written)
        os.replace(new, self._file)

    def counts(self) -> dict[str, dict[str, int]]:
        """Return the counts by kind and signal."""
        with self._lock:
            return {
                kind: {each: count[each] for each in SIGNALS}
                for kind, count in self._counts.items()
            }

    def drops(self) -> list[tuple[str, str, int]]:
        """Return what was lost: signal, reason, records."""
        with self._lock:
            return [
                (signal, reason, count)
                for signal, reasons in sorted(self._dropped.items())
                for reason, count in sorted(reasons.items())
            ]

    def gaps(self) -> list[Gap]:
        """Return the times from which something is missing, the oldest first."""
        with self._lock:
            return list(self._gaps)

    def _count(self, kind: str, signal: str, count: int) -> None:
        with self._lock:
            self._counts[kind][signal] += count

    def _note_absence(self, alive: int) -> None:
        now = _now()
        if alive and now - alive > SILENT:
            self._note(Gap(ALL, "stopped", alive, now))

    def _note(self, gap: Gap) -> None:
        for known in reversed(self._gaps):
            is_same = (known.signal, known.reason) == (gap.signal, gap.reason)
            if is_same and gap.start - known.end < JOINED and gap.signal != ALL:
                known.end, known.lost = max(known.end, gap.end), known.lost + gap.lost
                return
        self._gaps.append(gap)
        del self._gaps[:-MOST_GAPS]

    def _books(self) -> _Books:
        return _Books(
            alive=_now(),
            **{kind: dict(count) for kind, count in self._counts.items()},
            dropped={signal: dict(each) for signal, each in self._dropped.items()},
            gaps=self._gaps,
        )


def _read(file: Path) -> _Books:
    """Return what stands in the file; empty books where nothing usable does."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=_Books)
    except (OSError, msgspec.DecodeError):
        return _Books()


def _now() -> int:
    return time.time_ns() // 1000
