"""A plan says what it does to the bill."""

from pathlib import Path

from groundplan.cli import bill
from groundplan.loader import extend, load

FILE = str(extend.REFERENCE)


def test_the_first_plan_has_a_sum_only(tmp_path: Path) -> None:
    """Nothing was applied from here, so there is nothing to compare with."""
    estimated = bill.estimate(load(FILE, "dev"), "dev")
    (line,) = bill.describe(estimated, tmp_path)
    assert line.plain.startswith("bill: dev in us-east-1: ")


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    """What was applied is compared line by line."""
    estimated = bill.estimate(load(FILE, "dev"), "dev")
    bill.keep(estimated, tmp_path)
    lines = [line.plain for line in bill.describe(estimated, tmp_path)]
    assert "bill: no change since the last apply" == lines[-1]


def test_what_costs_more_is_named(tmp_path: Path) -> None:
    """The lines that change most, and their sum."""
    small, large = (bill.estimate(load(FILE, name), name) for name in ("dev", "prod"))
    bill.keep(small, tmp_path)
    lines = [line.plain for line in bill.describe(large, tmp_path)]
    more = large.total.expected - small.total.expected
    assert f"bill: {more:,.2f} USD a month more since the last apply" == lines[1]
    assert bill.SHOWN == len(lines) - 2


def test_a_record_that_is_broken_is_none(tmp_path: Path) -> None:
    """A plan does not fail for the bill's sake."""
    (tmp_path / bill.KEPT).write_text("{")
    assert 1 == len(list(bill.describe(bill.estimate(load(FILE, "dev"), "dev"), tmp_path)))
