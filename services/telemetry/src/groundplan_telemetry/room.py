"""What a room is: one kind of signal with its routes, its work in the background, its figures.

The application makes each room with the shared `State`, starts it once the server is about to
listen, asks it for figures, and closes it at the end.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from prometheus_client.core import Metric

from groundplan_telemetry.http.routing import Route


class Room(Protocol):
    """Traces and logs, or metrics."""

    def routes(self) -> Sequence[Route]:
        """Return what it answers."""

    async def start(self) -> None:
        """Begin the work in the background; must not take long."""

    async def close(self) -> None:
        """End the work in the background and put on the disk what is still in memory."""

    def figures(self) -> Iterable[Metric]:
        """Return its metrics of this moment, for `GET /metrics`."""

    def state(self) -> Mapping[str, Any]:
        """Return what `GET /state` says of it, by signal; times are microseconds since 1970."""
