"""Quantiles of classic histograms: from the counters of their buckets, between bounds in
proportion."""

from bisect import bisect_left
from collections.abc import Sequence

from groundplan_telemetry.metrics import labels
from groundplan_telemetry.metrics.labels import Labels
from groundplan_telemetry.metrics.promql.arithmetic import INF, NAN, divide
from groundplan_telemetry.metrics.promql.values import Column, Row, Scalar, Vector

Bucket = tuple[float, float]
"""An upper bound, and how many observations lie at or below it."""


def quantiles(shares: Scalar, vector: Vector) -> Vector:
    """Return a quantile of each histogram whose buckets, told apart by `le`, are given."""
    histograms: dict[Labels, list[tuple[float, Column]]] = {}
    for row in vector:
        bound = _bound(labels.value(row.labels, "le"))
        if bound is not None:
            key = labels.without(row.labels, (labels.NAME, "le"))
            histograms.setdefault(key, []).append((bound, row.values))
    return [
        Row(key, [_at(buckets, moment, share) for moment, share in enumerate(shares.values)])
        for key, buckets in histograms.items()
    ]


def _bound(written: str) -> float | None:
    try:
        return float(written)
    except ValueError:
        return None


def _at(buckets: list[tuple[float, Column]], moment: int, share: float) -> float | None:
    present = [(bound, value) for bound, c in buckets if (value := c[moment]) is not None]
    return quantile(share, present) if present else None


def quantile(share: float, found: Sequence[Bucket]) -> float:
    """Return the value below which a share of all observations is taken to lie."""
    if share != share:
        return NAN
    if share < 0 or share > 1:
        return -INF if share < 0 else INF
    bounds, counts = _cumulative(found)
    if bounds[-1] != INF or len(bounds) < 2 or not counts[-1] or counts[-1] != counts[-1]:
        return NAN
    rank = share * counts[-1]
    return _between(bounds, counts, rank, bisect_left(counts, rank, 0, len(counts) - 1))


def _between(bounds: list[float], counts: list[float], rank: float, at: int) -> float:
    if at == len(bounds) - 1:
        return bounds[-2]
    if at == 0 and bounds[0] <= 0:
        return bounds[0]
    start, below = (bounds[at - 1], counts[at - 1]) if at else (0.0, 0.0)
    return start + (bounds[at] - start) * divide(rank - below, counts[at] - below)


def _cumulative(found: Sequence[Bucket]) -> tuple[list[float], list[float]]:
    together: dict[float, float] = {}
    for bound, count in sorted(found):
        together[bound] = together.get(bound, 0.0) + count
    counts: list[float] = []
    for count in together.values():
        # Samples of one scrape may be torn: a bucket never holds less than a smaller one.
        counts.append(max(count, counts[-1]) if counts else count)
    return list(together), counts
