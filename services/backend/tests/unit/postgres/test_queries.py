import re
from pathlib import Path

import pytest

from groundplan_backend.postgres import queries

_REPOSITORIES = sorted((Path(__file__).parents[3] / "src/groundplan_backend").rglob("queries.sql"))


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
    sources = "".join(one.read_text() for one in file.parent.glob("*repository.py"))
    named = set(queries.load(str(file)))
    assert named
    words = set(re.findall(r"""["'](\w+)["']""", sources))
    assert named == named & words
    assert set() == set(re.findall(r"""_SQL\[["'](\w+)["']\]""", sources)) - named
