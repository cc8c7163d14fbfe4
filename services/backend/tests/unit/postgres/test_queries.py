from pathlib import Path

import pytest

from groundplan_backend.postgres import queries

_REPOSITORIES = sorted(
    (Path(__file__).parents[3] / "src/groundplan_backend").glob("*/queries.sql")
)


def _load(folder: Path, text: str) -> queries.Queries:
    (folder / "queries.sql").write_text(text)
    return queries.load(str(folder / "repository.py"))


def test_statements_are_found_by_name(tmp_path: Path) -> None:
    """Comments below the name belong to the statement."""
    loaded = _load(tmp_path, "-- name: one\n-- why\nSELECT 1\n\n-- name: two\nSELECT 2\n")
    assert {"one": "-- why\nSELECT 1", "two": "SELECT 2"} == loaded


def test_a_name_stands_once(tmp_path: Path) -> None:
    """A second statement of the same name would silently win."""
    with pytest.raises(ValueError, match="twice"):
        _load(tmp_path, "-- name: one\nSELECT 1\n-- name: one\nSELECT 2\n")


@pytest.mark.parametrize("file", _REPOSITORIES, ids=lambda file: file.parent.name)
def test_every_statement_is_used_and_every_used_one_is_there(file: Path) -> None:
    """The .sql file and its repository agree."""
    source = file.with_name("repository.py").read_text()
    named = set(queries.load(str(file)))
    assert named
    assert named == {part.split('"')[0] for part in source.split('_SQL["')[1:]}
