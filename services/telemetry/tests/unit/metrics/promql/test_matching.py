"""Which rows of two vectors belong together."""

import operator

import pytest

from groundplan_telemetry.metrics import labels
from groundplan_telemetry.metrics.promql import matching
from groundplan_telemetry.metrics.promql.failure import QueryError
from groundplan_telemetry.metrics.promql.matching import Matching
from groundplan_telemetry.metrics.promql.values import Row


def _row(name: str, value: float | None, **given: str) -> Row:
    return Row(labels.of({"__name__": name, **given}), [value])


LEFT = [_row("a", 1.0, x="1", y="1"), _row("a", 2.0, x="1", y="2"), _row("a", 3.0, x="2")]
RIGHT = [_row("b", 10.0, x="1", z="n")]
ON = Matching(("x",), on=True)


def test_sets() -> None:
    """`and`, `unless` and `or` look at the labels that matter, and at what is there."""
    assert LEFT[:2] == matching.intersection(LEFT, RIGHT, ON)
    assert [None, None, 3.0] == [r.values[0] for r in matching.exclusion(LEFT, RIGHT, ON)]
    assert [*LEFT[2:], *RIGHT] == matching.union(LEFT[2:], RIGHT, ON)
    assert [None] == matching.intersection(LEFT[2:], [_row("b", None, x="2")], ON)[0:1][0].values


def test_many_to_one() -> None:
    """Each row of the many side is paired, and takes over the labels that it shall."""
    many = Matching(("x",), on=True, many="left", carried=("z",))
    found = matching.combine(LEFT, RIGHT, many, operator.add, drops=True)
    assert [11.0, 12.0] == [row.values[0] for row in found]
    assert labels.of({"x": "1", "y": "1", "z": "n"}) == found[0].labels
    turned = Matching(("x",), on=True, many="right")
    assert [9.0, 8.0] == [
        row.values[0] for row in matching.combine(RIGHT, LEFT, turned, operator.sub, drops=True)
    ]


def test_one_to_one_keeps_the_labels_that_match() -> None:
    """One to one a result has the labels that were matched on, or all but those ignored."""
    on = matching.combine(LEFT[:1], RIGHT, ON, operator.mul, drops=True)
    assert [Row((("x", "1"),), [10.0])] == on
    ignoring = Matching(("y", "z"))
    assert on == matching.combine(LEFT[:1], RIGHT, ignoring, operator.mul, drops=True)


@pytest.mark.parametrize(
    ("left", "right", "wanted", "said"),
    [
        (LEFT, RIGHT, ON, "many-to-one matching must be explicit"),
        (RIGHT, LEFT, ON, "found duplicate series for the match group"),
        (LEFT, RIGHT, Matching(("x",), on=True, many="right"), "found duplicate series"),
    ],
)
def test_what_is_not_unique_is_refused(
    left: list[Row], right: list[Row], wanted: Matching, said: str
) -> None:
    """A match that is not unique is an error that says so."""
    with pytest.raises(QueryError, match=said):
        matching.combine(left, right, wanted, operator.add, drops=True)


def test_nothing_matches_nothing() -> None:
    """Without rows on a side there is no result and no error."""
    assert [] == matching.combine([], LEFT, ON, operator.add, drops=True)
