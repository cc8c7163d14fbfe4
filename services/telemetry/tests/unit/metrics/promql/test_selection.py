"""Selectors: which series, at which moments, and their values there."""

from array import array
from typing import Any

import promql_parser
import pytest

from groundplan_telemetry.metrics.labels import Matcher
from groundplan_telemetry.metrics.promql import selection
from groundplan_telemetry.metrics.promql.failure import QueryError
from groundplan_telemetry.metrics.promql.values import STALE, Grid, Row, Samples

GRID = Grid(100_000, 1000, 2)


def _selector(written: str) -> Any:
    return promql_parser.parse(written)


def test_conditions() -> None:
    """Every operator is read, and the name is a condition too."""
    found = selection.matchers(_selector('up{a="1",b!="2",c=~"3",d!~"4"}'))
    assert Matcher("__name__", "=", "up") == found[0]
    assert ["=", "!=", "=~", "!~"] == [each.operator for each in found[1:]]


def test_what_is_not_supported_is_refused() -> None:
    """Alternatives between conditions are refused by name."""
    with pytest.raises(QueryError, match="`or` between matchers"):
        selection.matchers(_selector('{a="b" or c="d"}'))


def test_assumed_labels() -> None:
    """A selector whose series are absent stands for what it says plainly, and once."""
    assert (("a", "b"),) == selection.assumed(_selector('up{a="b",c=~"d",e="1",e="2"}'))


@pytest.mark.parametrize(
    ("written", "expected"),
    [("up", [100_000, 101_000]), ("up offset 1s", [99_000, 100_000]),
     ("up offset -1s", [101_000, 102_000]), ("up @ 50", [50_000, 50_000]),
     ("up @ start() offset 1s", [6000, 6000]), ("up @ end()", [9000, 9000])],
)  # fmt: skip
def test_moments(written: str, expected: list[int]) -> None:
    """`offset` shifts moments and `@` fixes them."""
    selector = _selector(written)
    found = selection.moments(selector.at, selector.offset, GRID, (7000, 9000))
    assert expected == list(found)


def test_the_latest_value_counts_for_five_minutes() -> None:
    """A series has its latest value until its end is marked, or five minutes have passed."""
    samples = Samples((), array("q", [1000, 2000, 3000]), array("d", [1.0, STALE, 3.0]))
    wanted = [999, 1000, 1999, 2500, 3000, 302_999, 303_000]
    found = selection.latest(samples, wanted)
    assert [None, 1.0, 1.0, None, 3.0, 3.0, None] == found.values
    assert [None, 1000, 1000, None, 3000, 3000, None] == found.times


def test_a_row_as_samples() -> None:
    """The moments where a row has values are samples."""
    found = selection.as_samples(Row((), [1.0, None, 3.0]), [10, 20, 30])
    assert ([10, 30], [1.0, 3.0]) == (list(found.times), list(found.values))
