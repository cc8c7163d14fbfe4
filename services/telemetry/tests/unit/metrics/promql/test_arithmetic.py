"""Numbers as IEEE 754 and Go have them."""

import math

import pytest

from groundplan_telemetry.metrics.promql import arithmetic
from groundplan_telemetry.metrics.promql.arithmetic import INF, NAN


def _same(expected: float, found: float) -> bool:
    return expected == found or (expected != expected and found != found)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [(1, 2, 0.5), (1, 0.0, INF), (-1, 0.0, -INF), (1, -0.0, -INF), (0, 0.0, NAN), (NAN, 0.0, NAN)],
)
def test_division(a: float, b: float, expected: float) -> None:
    """By zero a quotient is infinite, or no number."""
    assert _same(expected, arithmetic.divide(a, b))


def test_remainder_and_power_never_fail() -> None:
    """What Python refuses is infinite or no number."""
    assert -1.0 == arithmetic.remainder(-7, 3)
    assert _same(NAN, arithmetic.remainder(1, 0))
    assert (INF, -INF) == (arithmetic.power(1e300, 2), arithmetic.power(-1e300, 3))
    assert _same(NAN, arithmetic.power(-8, 1 / 3))
    assert INF == arithmetic.power(0, -1)


def test_sums_lose_nothing() -> None:
    """A sum is exact up to its last rounding, and bears infinities."""
    assert 1.0 == arithmetic.total([0.1] * 10)
    assert _same(NAN, arithmetic.total([INF, -INF]))
    assert 2.0 == arithmetic.mean([1, 3])
    assert (1.0, 1.0) == (arithmetic.variance([1, 3]), arithmetic.deviation([1, 3]))


def test_extremes_prefer_numbers() -> None:
    """What is no number is an extreme only where nothing else is."""
    assert (1, 3) == (arithmetic.least([NAN, 3, 1]), arithmetic.most([3, NAN, 1]))
    assert _same(NAN, arithmetic.least([NAN]))
    assert _same(NAN, arithmetic.most([NAN]))


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.5, 2.5), (0, 1), (1, 4), (0.9, 3.7), (-1, -INF), (2, INF), (NAN, NAN)],
)
def test_quantiles(share: float, expected: float) -> None:
    """A quantile lies between its neighbours in proportion."""
    assert _same(expected, round(arithmetic.quantile(share, [4, 1, 3, 2]), 9))
    assert math.isnan(arithmetic.quantile(0.5, []))
