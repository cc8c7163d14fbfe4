"""Prometheus metrics: rate, errors and duration of every route, the stores, and the business."""

from collections.abc import Iterator, Mapping
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector

from groundplan_backend.observability.calls import Calls
from groundplan_backend.observability.connections import Connections, Watched
from groundplan_contracts.durations import Durations, DurationsFamily

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_METHODS: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 10.0)


# When a counter began is nobody's question, and one series more for each of them.
disable_created_metrics()  # type: ignore[no-untyped-call]


class Metrics:
    """The instruments of one backend process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.calls = Calls()
        self.registry.register(self.calls.family)
        self._requests = DurationsFamily(
            "http_server_request_duration_seconds",
            "Time to the answer of requests by route and status; its count is rate and errors.",
            ("method", "route", "status"),
            _BUCKETS,
        )
        self.registry.register(self._requests)
        self._children: dict[tuple[str, str, int], Durations] = {}
        self.active = 0
        """Requests that are being answered."""
        self._gauge(
            "http_server_active_requests", "Requests that are being answered."
        ).set_function(lambda: self.active)
        self.dependency = self._gauge(
            "dependency_up", "Whether a dependency answered when last asked.", "dependency"
        )
        self.followers = self._gauge("delivery_followers", "Open streams of events.")
        self.cache = self._counter("cache_reads", "Cached reads by outcome.", "outcome")
        self.sign_ins = self._counter("sign_ins", "Sign-ins by outcome.", "outcome")
        self.deployments = self._counter(
            "deployments", "Deployments by the state entered.", "environment", "state"
        )
        self.uploads = self._counter("uploads", "Uploads that were checked.", "outcome")
        self.upload_bytes = self._counter("upload_bytes", "Bytes of uploads that came.")
        self.deliveries = self._counter(
            "webhook_deliveries", "Attempts to deliver to webhooks.", "outcome"
        )

    def watch(self, pool: Watched) -> None:
        """Show the state of the pool."""
        self.registry.register(Connections(pool))

    def watch_spans(self, outcomes: Mapping[str, int]) -> None:
        """Show what becomes of spans."""
        self.registry.register(_Spans(outcomes))

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        key = (method if method in _METHODS else "OTHER", route, status)
        child = self._children.get(key)
        if child is None:
            child = self._children[key] = self._requests.child(key)
        child.observe(seconds)

    def exposition(self) -> bytes:
        """Return all metrics in Prometheus' text format."""
        return generate_latest(self.registry)

    def _counter(self, name: str, means: str, *labels: str) -> Counter:
        return Counter(name, means, labels, registry=self.registry)

    def _gauge(self, name: str, means: str, *labels: str) -> Gauge:
        return Gauge(name, means, labels, registry=self.registry)


class _Spans(Collector):
    """What the recorder of spans counts."""

    def __init__(self, outcomes: Mapping[str, int]) -> None:
        self._outcomes = outcomes

    def collect(self) -> Iterator[Metric]:
        """Yield the counts of this moment."""
        family = CounterMetricFamily(
            "tracing_spans", "Spans by what became of them.", labels=["outcome"]
        )
        for outcome, number in self._outcomes.items():
            family.add_metric([outcome], number)
        yield family
