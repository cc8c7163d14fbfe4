"""Rate, errors and duration of each nginx, counted from the lines of its access log.

An nginx that is built without stub_status counts nothing that can be asked for, and its lines
say more: method, status and time of every request. They are read anyway.
"""

import math
from collections.abc import Iterable
from typing import Final

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

from groundplan_contracts.durations import DurationsFamily
from groundplan_telemetry.records.line import Line

DURATION: Final = "http_server_request_duration_seconds"
BOUNDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 10.0)
METHODS: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})


class Requests:
    """The requests of all replicas whose lines are counted, from the start of this process on."""

    def __init__(self, replicas: Iterable[str]) -> None:
        """Begin at nought for each replica, by its name."""
        self._counts = {replica: _Count() for replica in replicas}

    def note(self, line: Line) -> None:
        """Count a line, where it is a request's of a replica that is counted."""
        count = self._counts.get(line.source.replica)
        if count is None:
            return
        told = line.attributes
        try:
            status, seconds = int(told["status"]), float(told["seconds"])
        except (KeyError, TypeError, ValueError, OverflowError):
            return
        if not math.isfinite(seconds):
            return
        method = str(told.get("method", ""))
        count.note(method if method in METHODS else "OTHER", status, seconds)

    def exposition(self, replica: str) -> str:
        """Return what was counted of a replica, in Prometheus' text format."""
        return self._counts[replica].exposition()


class _Count(Collector):
    def __init__(self) -> None:
        self._total = 0
        self._family = DurationsFamily(DURATION, "Time of requests.", ("method", "status"), BOUNDS)
        self._registry = CollectorRegistry()
        self._registry.register(self)
        self._registry.register(self._family)

    def note(self, method: str, status: int, seconds: float) -> None:
        self._total += 1
        self._family.child((method, status)).observe(seconds)

    def collect(self) -> Iterable[CounterMetricFamily]:
        yield CounterMetricFamily("nginx_http_requests", "Requests.", value=self._total)

    def exposition(self) -> str:
        return generate_latest(self._registry).decode()
