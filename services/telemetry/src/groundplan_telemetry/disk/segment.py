"""One file of records: SQLite with a write-ahead log, which is deleted as a whole.

A signal's records stand in several segments, each with the times between which its records lie,
so that what is oldest goes without a search and without a rest.
"""

import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SUFFIX: Final = ".db"
DAMAGED: Final = ".damaged"
WAL, SHARED = "-wal", "-shm"
CACHE_KIB: Final = 8192
"""Of the one that is written."""
READ_CACHE_KIB: Final = 1024
_DAMAGE: Final = ("malformed", "not a database", "no such table")
_SETTINGS: Final = f"""
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA temp_store = MEMORY;
PRAGMA wal_autocheckpoint = 500;
PRAGMA journal_size_limit = 4194304;
PRAGMA cache_size = -{CACHE_KIB};
"""
_BOUNDS: Final = """
CREATE TABLE IF NOT EXISTS bounds (
    one INTEGER PRIMARY KEY, lowest INTEGER NOT NULL, highest INTEGER NOT NULL,
    records INTEGER NOT NULL);
"""


@dataclass(slots=True)
class Segment:
    """A file and what is known of it without opening it; times are microseconds since 1970."""

    path: Path
    made: int
    lowest: int
    highest: int
    records: int
    is_damaged: bool = False
    """Whether a search could not read it; who writes sets it aside then."""

    @property
    def size(self) -> int:
        """Bytes on the disk."""
        return sum(_size(Path(f"{self.path}{end}")) for end in ("", WAL, SHARED))

    def overlaps(self, low: int | None, high: int | None) -> bool:
        """Return whether any record may lie between two times."""
        return (low is None or self.highest >= low) and (high is None or self.lowest <= high)

    def widen(self, lowest: int, highest: int, added: int) -> None:
        """Note that records were added."""
        self.lowest = min(self.lowest, lowest) if self.records else lowest
        self.highest = max(self.highest, highest) if self.records else highest
        self.records += added

    def delete(self) -> None:
        """Remove it from the disk."""
        for end in (WAL, SHARED, ""):
            Path(f"{self.path}{end}").unlink(missing_ok=True)

    def set_aside(self) -> None:
        """Keep a damaged file for people to look at, under another name; the latest one only."""
        signal = self.path.stem.rpartition("-")[0]
        for earlier in self.path.parent.glob(f"{signal}-*{DAMAGED}"):
            earlier.unlink()
        self.path.replace(self.path.with_suffix(DAMAGED))
        for end in (WAL, SHARED):
            Path(f"{self.path}{end}").unlink(missing_ok=True)


def make(folder: Path, signal: str, schema: str) -> tuple[Segment, sqlite3.Connection]:
    """Make an empty segment, open for writing; one that the disk does not take leaves nothing."""
    made = time.time_ns() // 1000
    found = Segment(folder / f"{signal}-{made}{SUFFIX}", made, made, made, 0)
    try:
        connection = open_to_write(found.path)
        # As a whole: a process that dies here must not leave half a segment.
        connection.executescript(f"BEGIN; {_BOUNDS} {schema} COMMIT;")
    except sqlite3.Error:
        found.delete()
        raise
    return found, connection


def find(folder: Path, signal: str) -> list[Segment]:
    """Return a signal's segments, the oldest first; a damaged one is set aside."""
    found = []
    for path in sorted(folder.glob(f"{signal}-*{SUFFIX}")):
        if not path.stem.rpartition("-")[2].isdecimal():
            continue
        segment = Segment(path, int(path.stem.rpartition("-")[2]), 0, 0, 0)
        try:
            segment.lowest, segment.highest, segment.records = _bounds(segment)
            found.append(segment)
        except sqlite3.DatabaseError:
            segment.set_aside()
    return found


def open_to_write(path: Path) -> sqlite3.Connection:
    """Open a segment for the one thread that writes."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.executescript(_SETTINGS)
    return connection


def open_to_read(path: Path) -> sqlite3.Connection:
    """Open a segment for one search, on any thread."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)
    connection.execute(f"PRAGMA cache_size = -{READ_CACHE_KIB}")
    connection.execute("PRAGMA query_only = 1")
    return connection


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Return whether an error says that a segment is no whole one."""
    return any(word in str(error) for word in _DAMAGE)


def note_bounds(connection: sqlite3.Connection, segment: Segment) -> None:
    """Write down what is known of a segment, in the transaction that changes it."""
    values = (segment.lowest, segment.highest, segment.records)
    connection.execute("INSERT OR REPLACE INTO bounds VALUES (1, ?, ?, ?)", values)


def _bounds(segment: Segment) -> tuple[int, int, int]:
    with closing(sqlite3.connect(segment.path)) as connection:
        row = connection.execute("SELECT lowest, highest, records FROM bounds").fetchone()
    return row or (segment.made, segment.made, 0)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
