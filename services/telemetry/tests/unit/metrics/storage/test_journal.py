"""The journal of what is in no block yet."""

import sqlite3
import zlib
from array import array
from contextlib import closing
from pathlib import Path

import pytest

from groundplan_telemetry.metrics.storage.journal import HEAD, Batch, Journal

ONE = Batch(1000, array("q", [1, 2]), array("d", [0.5, 2.0]))
TWO = Batch(2000, array("q", [1]), array("d", [0.75]))
SERIES = [(1, (("a", "b"),)), (2, ())]


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    """Series and samples outlive the journal that wrote them."""
    first = Journal(tmp_path / "j")
    first.write(SERIES, [ONE, TWO])
    first.close()
    second = Journal(tmp_path / "j")
    assert SERIES == list(second.series())
    assert [ONE, TWO] == list(second.batches())
    assert second.size > 0
    second.close()


def test_what_blocks_hold_is_forgotten(tmp_path: Path) -> None:
    """Batches up to a place go, later ones stay; series go when nothing holds them."""
    journal = Journal(tmp_path / "j")
    place = journal.write(SERIES, [ONE])
    assert place < journal.write([], [TWO])
    journal.forget(place, [2])
    assert [TWO] == list(journal.batches())
    assert SERIES[:1] == list(journal.series())
    journal.close()


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("series (labels)", "{"),
        ("series (labels)", "[[1]]"),
        ("batches (data)", b"x"),
        ("batches (data)", HEAD.pack(1000, 2) + b"x"),
        ("batches (data)", HEAD.pack(1000, 2) + zlib.compress(b"x" * 24)),
        ("batches (data)", 7),
    ],
)
def test_a_damaged_row_is_told(tmp_path: Path, table: str, row: object) -> None:
    """A row that is not what a journal writes is damage, and never half a sample."""
    Journal(tmp_path / "j").close()
    with closing(sqlite3.connect(tmp_path / "j")) as other, other:
        other.execute(f"insert into {table} values (?)", (row,))
    journal = Journal(tmp_path / "j")
    with pytest.raises(sqlite3.DatabaseError, match="a row is damaged"):
        _ = list(journal.series()), list(journal.batches())
    journal.close()
