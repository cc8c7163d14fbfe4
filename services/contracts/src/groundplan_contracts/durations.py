"""Histograms of durations that cost a request well under a microsecond.

The client library walks through all buckets and takes a lock for each number. One event loop
needs neither: a bucket is found by bisection and counted in a list, and only who asks for the
metrics pays for their form.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from prometheus_client.core import HistogramMetricFamily, Metric
from prometheus_client.registry import Collector


class Durations:
    """What was measured under one set of labels; times are in seconds."""

    __slots__ = ("_bounds", "counts", "total")

    def __init__(self, bounds: Sequence[float]) -> None:
        self._bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.total = 0.0

    def observe(self, seconds: float) -> None:
        """Count one duration."""
        self.counts[bisect_left(self._bounds, seconds)] += 1
        self.total += seconds


class DurationsFamily(Collector):
    """All durations of one name, by their labels."""

    def __init__(
        self, name: str, means: str, labels: Sequence[str], bounds: Sequence[float]
    ) -> None:
        self._name = name
        self._means = means
        self._labels = labels
        self._bounds = bounds
        self._words = [*map(str, bounds), "+Inf"]
        self._children: dict[tuple[object, ...], Durations] = {}

    def child(self, key: tuple[object, ...]) -> Durations:
        """Return what is measured under these labels."""
        found = self._children.get(key)
        if found is None:
            found = self._children[key] = Durations(self._bounds)
        return found

    def collect(self) -> Iterator[Metric]:
        """Yield the histogram of this moment."""
        family = HistogramMetricFamily(self._name, self._means, labels=self._labels)
        for key, child in list(self._children.items()):
            buckets = list(zip(self._words, accumulate(child.counts), strict=True))
            family.add_metric([str(word) for word in key], buckets, child.total)
        yield family
