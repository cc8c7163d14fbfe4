"""The files of the store of samples."""

import sqlite3
from pathlib import Path

import pytest

from groundplan_telemetry.metrics.storage import file as files

TABLES = "create table words (word text not null);"


def test_what_was_written_is_there_again(tmp_path: Path) -> None:
    """A file is begun once, and opened with all that stands in it; its size is on the disk."""
    first = files.opened(tmp_path / "a.db", TABLES)
    first.execute("insert into words values ('here')")
    first.close()
    again = files.opened(tmp_path / "a.db", TABLES)
    assert [("here",)] == again.execute("select word from words").fetchall()
    assert files.size(tmp_path / "a.db") > 0
    again.close()


def test_another_format_is_not_read(tmp_path: Path) -> None:
    """A file with tables and without the mark of this format is refused, and left as it is."""
    other = sqlite3.connect(tmp_path / "a.db")
    other.executescript("create table chunks (number integer); insert into chunks values (7);")
    with pytest.raises(sqlite3.DatabaseError, match="it is of format 0, not 2"):
        files.opened(tmp_path / "a.db", TABLES)
    assert [(7,)] == other.execute("select number from chunks").fetchall()
    other.close()


def test_what_is_set_aside_is_kept_once(tmp_path: Path) -> None:
    """The latest file that was set aside is kept, under another name, and nothing beside it."""
    for name in ("a.db", "b.db", "b.db-wal", "b.db-shm"):
        (tmp_path / name).write_text(name)
    files.set_aside(tmp_path / "a.db")
    files.set_aside(tmp_path / "b.db")
    assert ["b.damaged"] == [each.name for each in tmp_path.iterdir()]
    assert "b.db" == (tmp_path / "b.damaged").read_text()


def test_a_removed_file_leaves_nothing(tmp_path: Path) -> None:
    """Removing takes what SQLite keeps beside a file too."""
    for name in ("a.db", "a.db-wal", "a.db-shm", "b.db"):
        (tmp_path / name).touch()
    files.remove(tmp_path / "a.db")
    assert ["b.db"] == [each.name for each in tmp_path.iterdir()]
