"""Prometheus metrics: rate, errors and duration of every route, and the state of dependencies."""

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_METHODS: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 10.0)


class Metrics:
    """The instruments of one backend process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Histogram(
            "http_server_request_duration_seconds",
            "Duration of requests by route and status; its count is rate and errors.",
            ("method", "route", "status"),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.cache = Counter(
            "cache_reads_total",
            "Cached reads by outcome: hit, miss, stale, bypass.",
            ("outcome",),
            registry=self.registry,
        )
        self.sign_ins = Counter(
            "sign_ins_total",
            "Sign-ins by outcome: granted, challenged, refused, locked.",
            ("outcome",),
            registry=self.registry,
        )
        self.dependency = Gauge(
            "dependency_up",
            "Whether a dependency answered when last asked.",
            ("dependency",),
            registry=self.registry,
        )
        self.followers = Gauge(
            "delivery_followers",
            "Open streams of events.",
            registry=self.registry,
        )
        self._children: dict[tuple[str, str, int], Histogram] = {}

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        key = (method if method in _METHODS else "OTHER", route, status)
        child = self._children.get(key)
        if child is None:
            child = self._children[key] = self._requests.labels(key[0], route, str(status))
        child.observe(seconds)

    def exposition(self) -> bytes:
        """Return all metrics in Prometheus' text format."""
        return generate_latest(self.registry)
