"""A block: two hours of chunks in one SQLite file, written once in a while, removed as a whole."""

import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Self

from groundplan_telemetry.metrics.arrays import Real, Whole
from groundplan_telemetry.metrics.storage import chunk

LENGTH: Final = 7_200_000
"""Milliseconds whose chunks begin in the same block."""
LONGEST_CHUNK: Final = 900_000
"""Milliseconds that a chunk may reach beyond its beginning, and more."""
TABLES: Final = """
create table if not exists chunks (
  series integer not null, start integer not null, stop integer not null,
  samples integer not null, data blob not null,
  primary key (series, start)
) without rowid;
"""
SELECT: Final = (
    "select data from chunks where series = ? and start between ? and ? and stop >= ? "
    "order by start"
)

Chunk = tuple[int, Whole, Real]
"""A series' number and its samples, at least one."""


def beginning(time: int) -> int:
    """Return when the block of a time begins."""
    return time - time % LENGTH


class Block:
    """The file of two hours; any thread may use it."""

    def __init__(self, file: Path) -> None:
        """Open the file, or begin it; its name is its beginning.

        Raises:
            sqlite3.DatabaseError: it is damaged.
        """
        self.file = file
        self.start = int(file.stem)
        self._lock = threading.Lock()
        self._is_closed = False
        self._open = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._open.execute("pragma journal_mode = wal")
        self._open.execute("pragma synchronous = normal")
        self._open.executescript(TABLES)

    @classmethod
    def of(cls, folder: Path, start: int) -> Self:
        """Return the block of a folder that begins then."""
        return cls(folder / f"{start}.db")

    @property
    def end(self) -> int:
        """When its last chunk has ended, at the latest."""
        return self.start + LENGTH + LONGEST_CHUNK

    def write(self, chunks: Iterable[Chunk]) -> None:
        """Keep chunks; one that begins as a known one takes its place."""
        rows = [
            (number, times[0], times[-1], len(times), chunk.pack(times, values))
            for number, times, values in chunks
        ]
        with self._lock:
            self._open.execute("begin")
            self._open.executemany("insert or replace into chunks values (?, ?, ?, ?, ?)", rows)
            self._open.execute("commit")
            # What is written once needs no second file beside it.
            self._open.execute("pragma wal_checkpoint(truncate)")

    def read(
        self, numbers: Iterable[int], start: int, end: int
    ) -> dict[int, list[tuple[Whole, Real]]]:
        """Return the chunks of some series that touch a time, oldest first; none once closed."""
        found: dict[int, list[tuple[Whole, Real]]] = {}
        with self._lock:
            for number in () if self._is_closed else numbers:
                wanted = (number, start - LONGEST_CHUNK, end, start)
                packed = self._open.execute(SELECT, wanted).fetchall()
                if packed:
                    found[number] = [chunk.unpack(data) for (data,) in packed]
        return found

    def series(self) -> set[int]:
        """Return whose samples it holds."""
        with self._lock:
            rows = self._open.execute("select distinct series from chunks").fetchall()
        return {number for (number,) in rows}

    def samples(self) -> int:
        """Return how many samples it holds."""
        with self._lock:
            (found,) = self._open.execute("select total(samples) from chunks").fetchone()
        return int(found)

    @property
    def size(self) -> int:
        """Bytes on disk."""
        files = (self.file, self.file.with_name(self.file.name + "-wal"))
        return sum(file.stat().st_size for file in files if file.exists())

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._is_closed = True
            self._open.close()

    def remove(self) -> None:
        """Close the file and remove it."""
        self.close()
        for ending in ("", "-wal", "-shm"):
            self.file.with_name(self.file.name + ending).unlink(missing_ok=True)
