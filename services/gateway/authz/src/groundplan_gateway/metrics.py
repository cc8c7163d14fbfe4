"""What the service counts, cheaply, and how Prometheus reads it."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

PREFIX: Final = "groundplan_authz_"
BOUNDS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1)


class Metrics(Collector):
    """Plain counters of one event loop; they are only dressed up when somebody asks."""

    def __init__(self) -> None:
        self.decisions: Counter[str] = Counter()
        self.local_decisions = 0
        self.policy_failures = 0
        self._redis_checks = 0
        self._redis_seconds = 0.0
        self._redis_calls = [0] * (len(BOUNDS) + 1)
        self._is_open = True
        self._times_opened = 0
        self._registry = CollectorRegistry()
        self._registry.register(self)

    def redis_answered(self, seconds: float, checks: int) -> None:
        """Count one call of the script that answered so many checks."""
        self._redis_checks += checks
        self._redis_seconds += seconds
        self._redis_calls[bisect_left(BOUNDS, seconds)] += 1

    def circuit_opened(self) -> None:
        """Note that Redis is out."""
        self._is_open = True
        self._times_opened += 1

    def circuit_closed(self) -> None:
        """Note that Redis answers."""
        self._is_open = False

    def exposition(self) -> bytes:
        """Return everything in Prometheus's text format."""
        return generate_latest(self._registry)

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics of this moment."""
        decisions = CounterMetricFamily(
            PREFIX + "decisions", "Checks by result", labels=["result"]
        )
        for result, times in sorted(self.decisions.items()):
            decisions.add_metric([result], times)
        yield decisions
        yield _counter("local_decisions", "Checks decided without Redis", self.local_decisions)
        yield _counter("policy_failures", "Policy files not taken over", self.policy_failures)
        yield _counter("redis_checks", "Checks answered by Redis", self._redis_checks)
        yield _counter("circuit_opened", "Times Redis was found out", self._times_opened)
        yield GaugeMetricFamily(
            PREFIX + "circuit_open", "1 while Redis is out", value=int(self._is_open)
        )
        yield self._latency()

    def _latency(self) -> Metric:
        bounds = [*map(str, BOUNDS), "+Inf"]
        return HistogramMetricFamily(
            PREFIX + "redis_call_seconds",
            "Time until Redis answered a batch of checks",
            buckets=list(zip(bounds, accumulate(self._redis_calls), strict=True)),
            sum_value=self._redis_seconds,
        )


def _counter(name: str, text: str, value: float) -> CounterMetricFamily:
    return CounterMetricFamily(PREFIX + name, text, value=value)
