"""How busy the pool of connections is, read when somebody asks for the metrics."""

from collections.abc import Iterator
from typing import Final, Protocol

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

_PREFIX: Final = "db_client_connection_"


class Watched(Protocol):
    """What a pool tells of itself."""

    @property
    def size(self) -> int:
        """Connections that may be open."""

    @property
    def idle(self) -> int:
        """Connections that are open and free."""

    @property
    def used(self) -> int:
        """Connections that are lent, or on their way."""

    @property
    def pending(self) -> int:
        """Requests that wait for one."""

    @property
    def timeouts(self) -> int:
        """Requests that waited in vain, since the start."""


class Connections(Collector):
    """The metrics of one pool."""

    def __init__(self, pool: Watched) -> None:
        self._pool = pool

    def collect(self) -> Iterator[Metric]:
        """Yield the state of this moment."""
        pool = self._pool
        count = GaugeMetricFamily(_PREFIX + "count", "Connections by state.", labels=["state"])
        count.add_metric(["idle"], pool.idle)
        count.add_metric(["used"], pool.used)
        yield count
        yield _gauge("max", "Connections that may be open.", pool.size)
        yield _gauge("pending_requests", "Requests that wait for a connection.", pool.pending)
        yield CounterMetricFamily(
            _PREFIX + "timeouts", "Requests that waited in vain.", value=pool.timeouts
        )


def _gauge(name: str, means: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(_PREFIX + name, means, value=value)
