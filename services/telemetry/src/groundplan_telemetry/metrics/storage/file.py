"""The files of the store: SQLite, each with the mark of its format.

A file that is damaged, or was written in another format, is never read: it is set aside.
"""

import sqlite3
from pathlib import Path
from typing import Final

FORMAT: Final = 2
"""Changes with whatever stands in a file: nobody reads what was written otherwise."""
DAMAGED: Final = ".damaged"
BESIDE: Final = ("-wal", "-shm")


def opened(file: Path, tables: str) -> sqlite3.Connection:
    """Open a file for writing, or begin it.

    Raises:
        sqlite3.DatabaseError: it is damaged, or of another format.
    """
    found = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
    try:
        _begin(found, tables)
    except sqlite3.DatabaseError:
        found.close()
        raise
    return found


def _begin(found: sqlite3.Connection, tables: str) -> None:
    (written,) = found.execute("pragma user_version").fetchone()
    (count,) = found.execute("select count(*) from sqlite_master").fetchone()
    if count and written != FORMAT:
        raise sqlite3.DatabaseError(f"it is of format {written}, not {FORMAT}")
    found.execute("pragma auto_vacuum = full")
    found.execute("pragma journal_mode = wal")
    found.execute("pragma synchronous = normal")
    if not count:
        # As a whole: a process that dies here must not leave tables without their mark.
        found.executescript(f"begin; {tables} pragma user_version = {FORMAT}; commit;")


def size(file: Path) -> int:
    """Return the bytes that a file takes on the disk."""
    both = (file, file.with_name(file.name + "-wal"))
    return sum(each.stat().st_size for each in both if each.exists())


def set_aside(file: Path) -> None:
    """Keep a file for people to look at, under another name; the latest one only."""
    for earlier in file.parent.glob(f"*{DAMAGED}"):
        earlier.unlink()
    file.replace(file.with_suffix(DAMAGED))
    remove(file)


def remove(file: Path) -> None:
    """Remove a file, and what SQLite keeps beside it."""
    for ending in ("", *BESIDE):
        file.with_name(file.name + ending).unlink(missing_ok=True)
