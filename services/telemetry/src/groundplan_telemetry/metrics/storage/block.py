"""A block: two hours of sheets in one SQLite file, written once in a while, removed as a whole."""

import threading
from array import array
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, Self

from groundplan_telemetry.metrics.promql.sheet import Held, Sheet
from groundplan_telemetry.metrics.storage import file as files
from groundplan_telemetry.metrics.storage import packed
from groundplan_telemetry.metrics.storage.packed import Packed
from groundplan_telemetry.metrics.storage.recent import Recent

LENGTH: Final = 7_200_000
"""Milliseconds whose sheets begin in the same block."""
LONGEST: Final = 900_000
"""Milliseconds that a sheet may reach beyond its beginning, and more."""
TABLES: Final = """
create table sheets (
  name text not null, start integer not null, stop integer not null,
  samples integer not null, numbers blob not null, data blob not null
);
create index sheets_of_a_metric on sheets (name, start, stop);
"""
SELECT: Final = "select rowid from sheets where name = ? and start between ? and ? and stop >= ?"
READ: Final = "select numbers, data from sheets where rowid = ?"


def beginning(time: int) -> int:
    """Return when the block of a time begins."""
    return time - time % LENGTH


class Block:
    """The file of two hours; any thread may use it."""

    def __init__(self, file: Path, recent: Recent) -> None:
        """Open the file, or begin it; its name is its beginning; `recent` keeps what is read.

        Raises:
            sqlite3.DatabaseError: it is damaged, or of another format.
        """
        self.file = file
        self.start = int(file.stem)
        self._recent = recent
        self._lock = threading.Lock()
        self._is_closed = False
        self._open = files.opened(file, TABLES)

    @classmethod
    def of(cls, folder: Path, start: int, recent: Recent) -> Self:
        """Return the block of a folder that begins then."""
        return cls(folder / f"{start}.db", recent)

    @property
    def end(self) -> int:
        """When its last sheet has ended, at the latest."""
        return self.start + LENGTH + LONGEST

    def write(self, sheets: Mapping[str, Iterable[Held]]) -> None:
        """Keep sheets, by the metric whose series stand in them."""
        rows = [
            (name, each.start, each.stop, _count(each), *packed.pack(each))
            for name, some in sheets.items()
            for each in some
        ]
        with self._lock:
            self._open.execute("begin")
            self._open.executemany("insert into sheets values (?, ?, ?, ?, ?, ?)", rows)
            self._open.execute("commit")
            # What is written once needs no second file beside it.
            self._open.execute("pragma wal_checkpoint(truncate)")

    def read(self, names: Iterable[str], start: int, end: int) -> list[Sheet]:
        """Return the sheets of some metrics that touch a time; none once closed."""
        found: list[Sheet] = []
        with self._lock:
            for name in () if self._is_closed else names:
                wanted = (name, start - LONGEST, end, start)
                rows = self._open.execute(SELECT, wanted).fetchall()
                found += [self._sheet(row) for (row,) in rows]
        return found

    def _sheet(self, row: int) -> Sheet:
        found = self._recent.get((self.start, row))
        if found is None:
            found = Packed.of(*self._open.execute(READ, (row,)).fetchone())
            self._recent.keep((self.start, row), found)
        return found

    def series(self) -> set[int]:
        """Return whose samples it holds."""
        with self._lock:
            rows = self._open.execute("select distinct numbers from sheets").fetchall()
        return {number for (numbers,) in rows for number in array("q", numbers)}

    def samples(self) -> int:
        """Return how many samples it holds."""
        with self._lock:
            (found,) = self._open.execute("select total(samples) from sheets").fetchone()
        return int(found)

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return files.size(self.file)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._is_closed = True
            self._open.close()

    def remove(self) -> None:
        """Close the file and remove it."""
        self.close()
        self._recent.forget(self.start)
        files.remove(self.file)


def _count(sheet: Held) -> int:
    return len(sheet.numbers) * (len(sheet.times) + len(sheet.ends))
