"""A shelf keeps within its bounds, survives damage, and counts what it loses."""

import sqlite3
from contextlib import closing

import pytest

from groundplan_telemetry.disk import shelf as shelves
from groundplan_telemetry.disk.shelf import Bounds, Shelf
from groundplan_telemetry.logs.table import LineTable


@pytest.fixture
def small(tmp_path, books):
    """Return a shelf of a few megabytes."""
    made = Shelf("logs", tmp_path, Bounds(4 << 20, 3600.0), LineTable(), books)
    yield made
    made.close()


def _fill(shelf, line, megabytes):
    for _ in range(megabytes * 2):
        shelf.write([line("x" * 5_000) for _ in range(100)])


def test_the_oldest_goes_when_room_is_up(small, line, books, monkeypatch):
    """Whatever comes, no more bytes are kept than allowed, and what went is counted."""
    monkeypatch.setattr(shelves, "MEASURED_EVERY", 0.0)
    small.write([line("first")])
    for _ in range(8):
        _fill(small, line, 1)
        small.tidy()
    assert small.size <= 4 << 20
    counts = books.counts()
    assert counts["stored"]["logs"] == small.records + counts["expired"]["logs"]
    assert counts["expired"]["logs"] > 0


def test_the_oldest_goes_when_time_is_up(tmp_path, books, line, now):
    """A segment whose records are all too old goes, even when it is the only one."""
    shelf = Shelf("logs", tmp_path, Bounds(64 << 20, 10.0), LineTable(), books)
    shelf.write([line(time=now - 20_000_000)])
    shelf.tidy()
    assert (0, 1) == (shelf.records, books.counts()["expired"]["logs"])
    shelf.write([line(time=now)])
    shelf.tidy()
    assert 1 == shelf.records
    shelf.close()


def test_records_outlive_the_process(tmp_path, books, line):
    """A shelf that is opened again holds what was written, and goes on in the same segment."""
    for _ in range(2):
        shelf = Shelf("logs", tmp_path, Bounds(64 << 20, 3600.0), LineTable(), books)
        shelf.write([line()])
        shelf.close()
    assert (2, 1) == (shelf.records, len(shelf.oldest_first()))


def test_a_damaged_segment_is_set_aside_and_writing_goes_on(small, line, books, tmp_path):
    """Damage costs what stood there, which is counted, and nothing that comes after."""
    small.write([line()])
    small.close()
    for path in tmp_path.glob("logs-*"):
        path.write_bytes(b"damaged" * 2000)
    small.write([line("after")])
    assert (1, [("logs", "damaged", 1)]) == (small.records, books.drops())
    assert list(tmp_path.glob("*.damaged"))


def test_what_the_disk_does_not_take_is_counted(small, line, books, monkeypatch):
    """Records that cannot be written are lost with a reason, and the next are tried again."""

    def full(*_):
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as during:
        during.setattr(shelves.segment, "note_bounds", full)
        small.write([line(), line()])
    assert ([("logs", "disk_full", 2)], 0) == (books.drops(), small.records)
    small.write([line()])
    assert (1, 1) == (small.records, books.counts()["stored"]["logs"])


def test_half_a_segment_is_set_aside_and_writing_goes_on(tmp_path, line, books):
    """A beginning that an earlier version left when it was killed does not stop the writing."""
    half = tmp_path / "logs-1.db"
    with closing(sqlite3.connect(half)) as connection:
        connection.executescript(
            "CREATE TABLE bounds (one INTEGER PRIMARY KEY, lowest INTEGER, highest INTEGER,"
            " records INTEGER)"
        )
    half.rename(tmp_path / f"logs-{shelves._now()}.db")
    shelf = Shelf("logs", tmp_path, Bounds(64 << 20, 3600.0), LineTable(), books)
    shelf.write([line()])
    shelf.close()
    assert (1, 1, []) == (shelf.records, books.counts()["stored"]["logs"], books.drops())


def test_what_a_search_found_damaged_is_set_aside_and_counted(small, line, books, tmp_path):
    """A segment that nobody writes any more is given up as well."""
    small.write([line()])
    small.close()
    small.oldest_first()[0].made = 0
    small.write([line()])
    damaged = small.oldest_first()[0]
    damaged.is_damaged = True
    small.tidy()
    assert (1, [("logs", "damaged", 1)]) == (small.records, books.drops())
    assert damaged not in small.oldest_first()
    assert list(tmp_path.glob("*.damaged"))
