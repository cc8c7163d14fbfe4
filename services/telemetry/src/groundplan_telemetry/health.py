"""How the store is: health without a key, its own metrics, and its state for people."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector

from groundplan_telemetry import times
from groundplan_telemetry.http import reply
from groundplan_telemetry.http.reply import Reply
from groundplan_telemetry.http.request import Request
from groundplan_telemetry.http.routing import Route
from groundplan_telemetry.ledger import Gap
from groundplan_telemetry.room import Room
from groundplan_telemetry.state import State

PREFIX: Final = "groundplan_telemetry_"
EXPOSITION: Final = "text/plain; version=0.0.4; charset=utf-8"
ABOUT: Final = {
    "received": "Records that arrived",
    "stored": "Records that were put on the disk",
    "expired": "Records that went because of their age or to make room",
    "repeated": "Records that were sent twice and kept once",
}


def routes(state: State, rooms: Sequence[Room]) -> Sequence[Route]:
    """Return the routes about the store itself."""
    figures = Figures(state, rooms)

    async def live(_: Request) -> Reply:
        return reply.json({"status": "live"})

    async def ready(_: Request) -> Reply:
        return reply.json({"status": "ready"})

    async def metrics(_: Request) -> Reply:
        return Reply(figures.exposition(), EXPOSITION)

    async def shown(_: Request) -> Reply:
        return reply.json(_state(state, rooms))

    return (
        Route("GET", "/healthz/live", live, is_open=True),
        Route("GET", "/healthz/ready", ready, is_open=True),
        Route("GET", "/metrics", metrics),
        Route("GET", "/state", shown),
    )


class Figures(Collector):
    """The metrics of the store, dressed up when somebody asks."""

    def __init__(self, state: State, rooms: Sequence[Room]) -> None:
        self._state = state
        self._rooms = rooms
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(self)

    def exposition(self) -> bytes:
        """Return everything in Prometheus' text format."""
        return generate_latest(self._registry)

    def describe(self) -> Iterator[Metric]:
        """Yield nothing: what there is depends on the rooms."""
        yield from ()

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics of this moment."""
        for kind, counts in self._state.ledger.counts().items():
            family = CounterMetricFamily(f"{PREFIX}{kind}_records", ABOUT[kind], labels=["signal"])
            for signal, count in counts.items():
                family.add_metric([signal], count)
            yield family
        yield self._dropped()
        for room in self._rooms:
            yield from room.figures()

    def _dropped(self) -> Metric:
        family = CounterMetricFamily(
            f"{PREFIX}dropped_records", "Records that were lost", labels=["signal", "reason"]
        )
        for signal, reason, count in self._state.ledger.drops():
            family.add_metric([signal, reason], count)
        return family


def _state(state: State, rooms: Sequence[Room]) -> dict[str, Any]:
    books = state.ledger
    drops = [
        {"signal": signal, "reason": reason, "records": count}
        for signal, reason, count in books.drops()
    ]
    signals = {signal: each for room in rooms for signal, each in room.state().items()}
    return {
        "limits": {
            "bytes": int(state.settings.limits.size),
            "seconds": state.settings.limits.keep,
        },
        "counts": books.counts(),
        "drops": drops,
        "gaps": [_gap(each) for each in books.gaps()],
        "signals": signals,
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "signal": gap.signal,
        "reason": gap.reason,
        "from": times.written(gap.start),
        "to": times.written(gap.end),
        "records": gap.lost,
    }
