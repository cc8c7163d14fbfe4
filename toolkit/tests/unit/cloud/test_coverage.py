"""The table of a simulation says what answered for each type."""

import io

from rich.console import Console

from groundplan.cloud import coverage
from groundplan.cloud.coverage import Row
from groundplan.cloud.simulator import extensions


def test_types_are_counted_and_told_apart() -> None:
    """A type with an extension says what moto does without; others stand on moto alone."""
    extension = extensions.EXTENSIONS[0]
    ours = extension.resource_types[0]
    found = list(coverage.rows([{"type": "aws_vpc"}, {"type": ours}, {"type": "aws_vpc"}]))
    assert Row("aws_vpc", 2, coverage.MOTO) in found
    (row,) = [row for row in found if row.type == ours]
    assert (1, coverage.EXTENDED) == (row.count, row.by)
    assert row.note.startswith("moto ")


def test_what_terraform_keeps_for_itself_is_not_counted() -> None:
    """Only what AWS answers for is proved by a simulation."""
    assert [] == list(coverage.rows([{"type": "terraform_data"}]))


def test_what_is_skipped_has_its_reason(monkeypatch) -> None:
    """A type that is not simulated is a row too."""
    monkeypatch.setattr(extensions, "SKIPPED", {"aws_x": "moto cannot"})
    assert [Row("aws_x", 0, coverage.SKIPPED, "moto cannot")] == list(coverage.rows([]))
    assert "0 resources of 0 types applied" in coverage.summary(coverage.rows([]))
    assert "1 skipped" in coverage.summary(coverage.rows([]))


def test_the_table_shows_each_row() -> None:
    """Type, count and reason are there to read."""
    shown = io.StringIO()
    Console(width=120, file=shown).print(coverage.table([Row("aws_vpc", 2, coverage.MOTO, "why")]))
    assert ["aws_vpc", "2", "moto", "why"] == shown.getvalue().splitlines()[1].split()
