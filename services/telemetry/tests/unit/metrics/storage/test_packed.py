"""Sheets as few bytes."""

import math
import random
from array import array

import pytest

from groundplan_telemetry.metrics.arrays import Whole
from groundplan_telemetry.metrics.promql.sheet import Held
from groundplan_telemetry.metrics.storage import packed
from groundplan_telemetry.metrics.storage.packed import Packed

TIMES = array("q", range(1_700_000_000_000, 1_700_000_600_000, 5000))
ENDS = array("q", [1_700_000_001_000, 1_700_000_700_000])
CHANCE = random.Random(1)


def _sheet(columns: list[list[float]], ends: Whole | None = None) -> Held:
    numbers = array("q", range(7, 7 + len(columns)))
    return Held(numbers, TIMES, ends or array("q"), [array("d", each) for each in columns])


def _again(sheet: Held) -> Packed:
    return Packed.of(*packed.pack(sheet))


@pytest.mark.parametrize(
    "values",
    [
        [0.0] * 120,
        [float(at) for at in range(120)],
        [-1.0, 2.0**52, -(2.0**52), 3.0] * 30,
        [CHANCE.gauss(0, 1) for _ in range(120)],
        [math.inf, -math.inf, 1e300, 0.1] * 30,
    ],
)
def test_samples_come_back_as_they_were(values: list[float]) -> None:
    """Values, moments, ends and numbers are unpacked to what was packed, by row and by column."""
    other = [float(at % 7) for at in range(120)]
    found = _again(_sheet([values, other], ENDS))
    assert (TIMES, ENDS, [7, 8]) == (found.times, found.ends, list(found.numbers))
    assert [other, values] == [list(each) for each in found.columns([1, 0])]
    assert [values[50], other[50]] == list(found.rows([50])[50])


def test_a_sheet_of_ends_alone() -> None:
    """Series that only end have a sheet too."""
    found = _again(Held(array("q", [1]), array("q"), ENDS, [array("d")]))
    assert ([], ENDS) == (list(found.times), found.ends)
    assert (ENDS[0], ENDS[-1]) == (found.start, found.stop)


def test_it_is_known_whether_values_fall() -> None:
    """What only rises is not looked through for counters that begin anew."""
    rising = [float(at) for at in range(120)]
    assert not _again(_sheet([rising, rising])).falls
    assert _again(_sheet([rising, [*rising[:-1], 0.0]])).falls


def test_what_stands_still_costs_next_to_nothing() -> None:
    """A value that stands still takes a few hundredths of a byte a sample; noise is not lost."""
    still = sum(map(len, packed.pack(_sheet([[7.0 + each] * 120 for each in range(100)]))))
    noise = sum(map(len, packed.pack(_sheet([[CHANCE.random() for _ in TIMES]]))))
    assert still < 100 * 120 * 0.3
    assert noise > 600
