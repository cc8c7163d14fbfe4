"""Rows of two sides, and the tables that show them."""

from dataclasses import dataclass

from bench import table
from bench.table import Target


@dataclass
class Timed:
    """A sample of one side."""

    side: str
    seconds: float


def test_a_row_sets_the_middle_of_each_side_beside_the_other() -> None:
    """The spread tells how far the rounds of a side lie apart."""
    samples = [*(Timed("ours", each) for each in (1.0, 2.0, 4.0)), Timed("theirs", 8.0)]
    row = table.row("work", "time", "s", samples, lambda each: each.seconds)
    assert (2.0, 8.0, 0.25, 1.5, 0.0) == (
        row.ours,
        row.theirs,
        row.ratio,
        row.spread_ours,
        row.spread_theirs,
    )
    assert "| time, s | 2.0 | 8.0 | 0.25 | 150%, 0% |" == table.figures([row], 1)[-1]


def test_a_missed_promise_says_no() -> None:
    """Reached or not stands in words."""
    lines = table.promises([Target("under 1 s", 2.0, False)])
    assert "| under 1 s | 2.0 | no |" == lines[-1]
