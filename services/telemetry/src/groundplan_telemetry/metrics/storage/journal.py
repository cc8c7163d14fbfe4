"""The journal: series and samples that are not yet in a block, in one SQLite file.

What a process that died had taken in is read back from here; a second of samples may be lost.
"""

import sqlite3
import struct
import threading
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

import msgspec

from groundplan_telemetry.metrics.arrays import Real, Whole
from groundplan_telemetry.metrics.labels import Labels
from groundplan_telemetry.metrics.storage import file as files

TABLES: Final = """
create table series (number integer primary key, labels text not null);
create table batches (id integer primary key autoincrement, data blob not null);
"""
HEAD: Final = struct.Struct("<qI")
Written = TypeVar("Written")
Found = TypeVar("Found")


class Batch(NamedTuple):
    """Samples of one moment: of which series, and their values."""

    time: int
    numbers: Whole
    values: Real


class Journal:
    """One file; used by one thread at a time."""

    def __init__(self, file: Path) -> None:
        """Open the file, or begin it.

        Raises:
            sqlite3.DatabaseError: it is damaged, or of another format.
        """
        self._lock = threading.Lock()
        self._file = file
        self._open = files.opened(file, TABLES)

    def series(self) -> Iterator[tuple[int, Labels]]:
        """Yield all series that were ever written and not forgotten.

        Raises:
            sqlite3.DatabaseError: they are damaged.
        """
        for number, text in self._open.execute("select number, labels from series"):
            yield number, _whole(_labels, text)

    def batches(self) -> Iterator[Batch]:
        """Yield the samples that are in no block yet, in their order.

        Raises:
            sqlite3.DatabaseError: they are damaged.
        """
        for (packed,) in self._open.execute("select data from batches order by id"):
            yield _whole(_unpack, packed)

    def write(self, series: Sequence[tuple[int, Labels]], batches: Iterable[Batch]) -> int:
        """Write new series and samples, together, and return the last batch's place."""
        with self._lock:
            self._open.execute("begin")
            self._open.executemany(
                "insert or replace into series values (?, ?)",
                [(number, msgspec.json.encode(labels).decode()) for number, labels in series],
            )
            self._open.executemany(
                "insert into batches (data) values (?)", [(_pack(batch),) for batch in batches]
            )
            (last,) = self._open.execute("select coalesce(max(id), 0) from batches").fetchone()
            self._open.execute("commit")
        return int(last)

    def forget(self, batches_until: int, series: Iterable[int] = ()) -> None:
        """Remove batches that blocks hold now, and series that nothing holds."""
        with self._lock:
            self._open.execute("begin")
            self._open.execute("delete from batches where id <= ?", (batches_until,))
            self._open.executemany(
                "delete from series where number = ?", [(number,) for number in series]
            )
            self._open.execute("commit")
            self._open.execute("pragma wal_checkpoint(truncate)")

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return files.size(self._file)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._open.close()


def _whole(read: Callable[[Written], Found], written: Written) -> Found:
    """Return what is read; SQLite does not notice every damage."""
    try:
        return read(written)
    except (struct.error, zlib.error, msgspec.DecodeError, TypeError, ValueError) as error:
        raise sqlite3.DatabaseError(f"a row is damaged: {error}") from error


def _labels(text: str) -> Labels:
    return tuple(msgspec.json.decode(text, type=list[tuple[str, str]]))


def _pack(batch: Batch) -> bytes:
    body = batch.numbers.tobytes() + batch.values.tobytes()
    return HEAD.pack(batch.time, len(batch.numbers)) + zlib.compress(body, 1)


def _unpack(packed: bytes) -> Batch:
    time, count = HEAD.unpack_from(packed)
    body = zlib.decompress(packed[HEAD.size :])
    width = array("q").itemsize * count
    if len(body) != 2 * width:
        raise ValueError(f"{len(body)} bytes for {count} samples")
    return Batch(time, array("q", body[:width]), array("d", body[width:]))
