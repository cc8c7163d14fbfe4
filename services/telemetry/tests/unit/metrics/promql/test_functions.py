"""Functions of numbers and vectors."""

import math

import pytest

from groundplan_telemetry.metrics.promql import functions
from groundplan_telemetry.metrics.promql.values import Row, Scalar

NAN, INF = math.nan, math.inf


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [("abs", -2.0, 2.0), ("ceil", 1.2, 2.0), ("floor", INF, INF), ("ln", 0.0, -INF),
     ("ln", -1.0, NAN), ("log2", 8.0, 3.0), ("log10", 100.0, 2.0), ("sqrt", -1.0, NAN),
     ("sgn", -3.0, -1.0), ("sgn", 0.0, 0.0), ("exp", 1000.0, INF)],
)  # fmt: skip
def test_numbers(name: str, given: float, expected: float) -> None:
    """Each function says what it is named for, and never fails."""
    found = functions.NUMBERS[name](given)
    assert expected == found or (expected != expected and found != found)


def test_dates_are_in_utc() -> None:
    """Parts of a date are those of UTC; leap years count."""
    at = 1_709_164_860.0
    parts = ("year", "month", "day_of_month", "hour", "minute", "day_of_week", "days_in_month")
    assert [2024, 2, 29, 0, 1, 4, 29] == [functions.DATES[each](at) for each in parts]
    assert 31 == functions.DATES["days_in_month"](1_703_980_800.0)
    assert 60 == functions.DATES["day_of_year"](at)


def test_names_are_lost() -> None:
    """A function of values is another metric, and says nothing where there was nothing."""
    row = Row((("__name__", "a"),), [1.5, None])
    assert [Row((), [2.0, None])] == functions.each(functions.NUMBERS["ceil"], [row])
    assert [Row((), [1.5, None])] == functions.rounded([row], Scalar([0.5, 0.5]))
    assert math.isnan(functions.rounded([row], Scalar([0.0, 0.0]))[0].values[0] or 0.0)


def test_bounds() -> None:
    """Values are kept within bounds; bounds that cross leave nothing."""
    row = Row((), [1.0, 5.0])
    least, most = Scalar([2.0, 2.0]), Scalar([4.0, 1.0])
    assert [Row((), [2.0, None])] == functions.clamped([row], least, most)
    assert [Row((), [2.0, 5.0])] == functions.at_least([row], least)
    assert [Row((), [1.0, 1.0])] == functions.at_most([row], most)


def test_order() -> None:
    """Vectors are sorted by value both ways; what is no number comes last."""
    rows = [Row((("n", str(n)),), [n]) for n in (2.0, NAN, 1.0)]
    assert ["1.0", "2.0", "nan"] == [r.labels[0][1] for r in functions.ordered(rows, down=False)]
    assert ["2.0", "1.0", "nan"] == [r.labels[0][1] for r in functions.ordered(rows, down=True)]


def test_the_only_value() -> None:
    """A vector of one row is a number; of none or several it is not."""
    rows = [Row((), [1.0, 1.0, None]), Row((("a", "b"),), [None, 2.0, None])]
    found = functions.only_value(rows, 3).values
    assert 1.0 == found[0]
    assert math.isnan(found[1])
    assert math.isnan(found[2])


def test_absence() -> None:
    """Where a vector is empty there is a one with the labels that are assumed."""
    rows = [Row((), [1.0, None])]
    assert [Row((("a", "b"),), [None, 1.0])] == functions.nothing(rows, 2, (("a", "b"),))
