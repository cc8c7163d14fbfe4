"""Quantiles of histograms."""

import math

import pytest

from groundplan_telemetry.metrics import labels
from groundplan_telemetry.metrics.promql import histogram
from groundplan_telemetry.metrics.promql.values import Row, Scalar

INF = math.inf


@pytest.mark.parametrize(
    ("share", "buckets", "expected"),
    [
        (0.5, [(1.0, 10.0), (2.0, 20.0), (INF, 20.0)], 1.0),
        (0.75, [(1.0, 10.0), (2.0, 20.0), (INF, 20.0)], 1.5),
        (0.99, [(1.0, 10.0), (2.0, 10.0), (INF, 20.0)], 2.0),
        (0.5, [(-1.0, 10.0), (INF, 10.0)], -1.0),
        (0.5, [(1.0, 10.0), (2.0, 8.0), (INF, 12.0)], 0.6),
        (-0.1, [(1.0, 1.0), (INF, 1.0)], -INF),
        (1.1, [(1.0, 1.0), (INF, 1.0)], INF),
    ],
)
def test_quantiles(share: float, buckets: list[tuple[float, float]], expected: float) -> None:
    """A quantile lies within its bucket in proportion; the last bound is as far as it goes."""
    assert expected == histogram.quantile(share, buckets)


@pytest.mark.parametrize(
    "buckets", [[(1.0, 1.0), (2.0, 2.0)], [(INF, 3.0)], [(1.0, 0.0), (INF, 0.0)]]
)
def test_some_have_none(buckets: list[tuple[float, float]]) -> None:
    """Without an infinite bucket, others beside it, or observations there is no quantile."""
    assert math.isnan(histogram.quantile(0.5, buckets))
    assert math.isnan(histogram.quantile(math.nan, buckets))


def test_buckets_are_told_apart_by_their_bound() -> None:
    """Each histogram's buckets are put together; bounds that are no numbers are left out."""
    rows = [
        Row(labels.of({"__name__": "x", "job": job, "le": bound}), [value, None])
        for job, factor in (("a", 1.0), ("b", 2.0))
        for bound, value in (("1", 5 * factor), ("+Inf", 10.0), ("odd", 3.0))
    ]
    found = histogram.quantiles(Scalar([0.5, 0.5]), rows)
    assert [Row((("job", "a"),), [1.0, None]), Row((("job", "b"),), [0.5, None])] == found
