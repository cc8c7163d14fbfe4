"""Rates of many counters at once; integration tests compare them with a real Prometheus."""

import random
from array import array
from collections.abc import Callable
from itertools import pairwise

import pytest

from groundplan_telemetry.metrics import labels
from groundplan_telemetry.metrics.arrays import Whole
from groundplan_telemetry.metrics.promql import rises, table
from groundplan_telemetry.metrics.promql.failure import QueryError
from groundplan_telemetry.metrics.promql.table import Table
from groundplan_telemetry.metrics.promql.values import Column, Samples

TIMES = array("q", [10_000, 20_000, 30_000, 40_000])


def _nothing() -> None:
    """Let a query go on."""


def _table(*values: list[float], times: Whole = TIMES) -> Table:
    made = [
        Samples(labels.of({"__name__": "hits", "n": str(number)}), times, array("d", each))
        for number, each in enumerate(values)
    ]
    (found,) = table.of(made)
    return found


def _increase(*values: list[float], begin: int = 5000, end: int = 45_000) -> list[Column]:
    found = rises.over("increase", _table(*values), [end], end - begin, _nothing)
    return [row.values for row in found]


def test_a_rise_reaches_the_edges_that_are_near() -> None:
    """A rise is extended to both edges; far edges by half a distance; never below nothing."""
    assert [[40.0]] == _increase([100, 110, 120, 130])
    assert [[40.0]] == _increase([100, 110, 120, 130], begin=-20_000, end=60_000)
    assert [[36.0]] == _increase([1, 11, 21, 31])


def test_a_rate_is_a_rise_a_second() -> None:
    """The rise is divided by the window's length; the metric's name is lost."""
    (row,) = rises.over("rate", _table([100, 110, 120, 130]), [45_000], 40_000, _nothing)
    assert ((("n", "0"),), [1.0]) == (row.labels, row.values)


def test_a_counter_that_begins_anew_goes_on() -> None:
    """A fall is a new beginning, for the series that falls and for no other."""
    assert [[8.0], [40.0]] == _increase([5, 7, 1, 4], [100, 110, 120, 130], end=45_000)


def test_one_sample_has_no_rise() -> None:
    """A window leaves out its own beginning, and with less than two samples says nothing."""
    table_ = _table([1.0, 2.0, 3.0, 4.0])
    (row,) = rises.over("increase", table_, [5000, 20_000, 30_000, 90_000], 10_000, _nothing)
    assert [None, None, None, None] == row.values
    (row,) = rises.over("increase", table_, [5000], 10_000, _nothing)
    assert [None] == row.values


def test_what_stands_still_rises_by_nothing() -> None:
    """No rise is nought, and what is no number stays none."""
    still, odd = _increase([7.0] * 4, [float("nan")] * 4)
    assert [0.0] == still
    assert odd[0] != odd[0]


def test_a_query_may_be_ended() -> None:
    """Whoever watches the time ends the work."""

    def over() -> None:
        raise QueryError("query timed out", "timeout")

    with pytest.raises(QueryError):
        rises.over("rate", _table([1.0] * 4), [45_000], 40_000, over)


def _one_by_one(values: list[float], begin: int, end: int, times: Whole) -> float | None:
    """Return an increase as it is defined: sample by sample, of one series."""
    inside = [at for at, time in enumerate(times) if begin < time <= end]
    reach = rises.reach(times, begin, end)
    if reach is None:
        return None
    change = values[inside[-1]] - values[inside[0]]
    change += sum(values[a] for a, b in pairwise(inside) if values[b] < values[a])
    head = reach.head
    if change > 0 and values[inside[0]] >= 0:
        head = min(head, reach.sampled * values[inside[0]] / change)
    return change * (reach.sampled + head + reach.tail) / reach.sampled


@pytest.mark.parametrize("seed", range(20))
def test_many_at_once_say_what_each_says_alone(seed: int) -> None:
    """Counters that begin anew at any time, in windows of any length, come out as defined."""
    chance = random.Random(seed)
    times = array("q", sorted(chance.sample(range(0, 600_000, 1000), 80)))
    series = [_counter(chance, len(times)) for _ in range(12)]
    moments, length = [*range(-50_000, 700_000, 17_000)], chance.choice([5000, 40_000, 300_000])
    found = rises.over("increase", _table(*series, times=times), moments, length, _nothing)
    for row, values in zip(found, series, strict=True):
        expected = [_one_by_one(values, at - length, at, times) for at in moments]
        assert pytest.approx(expected) == row.values


def _counter(chance: random.Random, count: int) -> list[float]:
    found, total = [], chance.choice([0.0, 5.0, 1e6])
    add: Callable[[], float] = lambda: chance.choice([0, 0, 1, 7, chance.random()])  # noqa: E731
    for _ in range(count):
        total = 0.0 if chance.random() < 0.05 else total + add()
        found.append(total)
    return found
