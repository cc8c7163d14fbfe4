"""A segment is one file that is found again, and goes as a whole."""

import sqlite3
from contextlib import closing

import pytest

from groundplan_telemetry.disk import segment

SCHEMA = "CREATE TABLE things (id INTEGER PRIMARY KEY);"


@pytest.fixture
def made(tmp_path):
    """Return an empty segment and what writes it."""
    found, connection = segment.make(tmp_path, "traces", SCHEMA)
    with closing(connection):
        yield found, connection


def test_a_segment_is_found_again_with_its_bounds(tmp_path, made):
    """What is known of it stands in the file itself."""
    found, connection = made
    found.widen(10, 20, 3)
    segment.note_bounds(connection, found)
    again, *none = segment.find(tmp_path, "traces")
    assert (10, 20, 3, []) == (again.lowest, again.highest, again.records, none)
    assert [] == segment.find(tmp_path, "logs")


def test_bounds_are_widened_by_what_is_added(made):
    """The first records set them, later ones widen them."""
    found, _ = made
    found.widen(10, 20, 1)
    found.widen(15, 30, 1)
    assert (10, 30, 2) == (found.lowest, found.highest, found.records)
    assert found.overlaps(None, 10)
    assert found.overlaps(30, None)
    assert not found.overlaps(31, None)
    assert not found.overlaps(None, 9)


def test_it_goes_with_all_its_files(tmp_path, made):
    """Nothing is left on the disk."""
    found, connection = made
    connection.execute("INSERT INTO things VALUES (1)")
    assert found.size > 0
    connection.close()
    found.delete()
    assert [] == list(tmp_path.iterdir())
    assert 0 == found.size


def test_one_that_cannot_be_made_leaves_nothing(tmp_path):
    """A full disk is not filled with beginnings."""
    with pytest.raises(sqlite3.OperationalError):
        segment.make(tmp_path, "traces", "no SQL")
    assert [] == list(tmp_path.iterdir())


def test_a_damaged_one_is_set_aside(tmp_path):
    """A file that is no database does not keep the others from being found."""
    (tmp_path / "traces-1.db").write_bytes(b"damaged" * 1000)
    assert [] == segment.find(tmp_path, "traces")
    assert ["traces-1.damaged"] == [path.name for path in tmp_path.iterdir()]


def test_a_search_cannot_change_anything(made):
    """What is opened to read refuses to write."""
    found, _ = made
    refusal = pytest.raises(sqlite3.OperationalError, match="readonly")
    with closing(segment.open_to_read(found.path)) as connection, refusal:
        connection.execute("INSERT INTO things VALUES (1)")


def test_one_is_made_whole_or_not_at_all(tmp_path, made):
    """A process that dies while it makes one leaves no half: it is one transaction."""
    found, _ = made
    with pytest.raises(sqlite3.OperationalError):
        segment.make(tmp_path, "logs", f"{SCHEMA} no SQL;")
    with closing(sqlite3.connect(found.path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        assert {"bounds", "things"} == {name for (name,) in tables}


def test_only_the_latest_damaged_one_is_kept(tmp_path):
    """What people may look at takes no room without end."""
    for number in (1, 2):
        (tmp_path / f"traces-{number}.db").write_bytes(b"damaged" * 1000)
    (tmp_path / "logs-1.damaged").touch()
    segment.find(tmp_path, "traces")
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert ["logs-1.damaged", "traces-2.damaged"] == kept


def test_a_file_that_is_none_of_ours_is_passed_over(tmp_path):
    """A copy that somebody made beside them does not keep the store from starting."""
    (tmp_path / "traces-1 (copy).db").touch()
    assert [] == segment.find(tmp_path, "traces")
