"""What the service counts, cheaply, and how Prometheus reads it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from groundplan_contracts.durations import DurationsFamily

PREFIX: Final = "groundplan_authz_"
BOUNDS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1)
ROUTE: Final = "/check"
_WELL: Final = ("redis", "EVALSHA", "")
_OUT: Final = ("redis", "EVALSHA", "unavailable")


class Metrics(Collector):
    """Plain counters of one event loop; they are only dressed up when somebody asks."""

    def __init__(self, spans: Mapping[str, int] | None = None) -> None:
        self.decisions: Counter[str] = Counter()
        self.local_decisions = 0
        self.policy_failures = 0
        self._spans = spans or {}
        self._redis_checks = 0
        self._is_open = True
        self._times_opened = 0
        self._requests = DurationsFamily(
            "http_server_request_duration_seconds",
            "Time to the answer of a check, by the method of the request and the status.",
            ("method", "route", "status"),
            BOUNDS,
        )
        self._operations = DurationsFamily(
            "db_client_operation_duration_seconds",
            "Time until Redis answered a batch of checks.",
            ("system", "operation", "error_type"),
            BOUNDS,
        )
        self._registry = CollectorRegistry()
        for each in (self, self._requests, self._operations):
            self._registry.register(each)
        ProcessCollector(registry=self._registry)

    def answered(self, method: str, status: int, seconds: float) -> None:
        """Count one check."""
        self._requests.child((method, ROUTE, status)).observe(seconds)

    def redis_answered(self, seconds: float, checks: int) -> None:
        """Count one call of the script that answered so many checks."""
        self._redis_checks += checks
        self._operations.child(_WELL).observe(seconds)

    def redis_failed(self, seconds: float) -> None:
        """Count one call of the script that was not answered."""
        self._operations.child(_OUT).observe(seconds)

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
        yield _counts(PREFIX + "decisions", "Checks by result", "result", self.decisions)
        yield _counter("local_decisions", "Checks decided without Redis", self.local_decisions)
        yield _counter("policy_failures", "Policy files not taken over", self.policy_failures)
        yield _counter("redis_checks", "Checks answered by Redis", self._redis_checks)
        yield _counter("circuit_opened", "Times Redis was found out", self._times_opened)
        yield GaugeMetricFamily(
            PREFIX + "circuit_open", "1 while Redis is out", value=int(self._is_open)
        )
        yield _counts("tracing_spans", "Spans by what became of them", "outcome", self._spans)


def _counter(name: str, text: str, value: float) -> CounterMetricFamily:
    return CounterMetricFamily(PREFIX + name, text, value=value)


def _counts(name: str, text: str, label: str, counts: Mapping[str, int]) -> CounterMetricFamily:
    family = CounterMetricFamily(name, text, labels=[label])
    for word, times in sorted(counts.items()):
        family.add_metric([word], times)
    return family
