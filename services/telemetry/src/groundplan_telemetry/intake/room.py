"""The room of traces and logs: wires senders, files, the writer, the shelves and the searches."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from prometheus_client.core import GaugeMetricFamily, Metric

from groundplan_telemetry import times
from groundplan_telemetry.disk.shelf import Bounds, Shelf
from groundplan_telemetry.disk.writer import Writer
from groundplan_telemetry.http.routing import Route
from groundplan_telemetry.logs.controller import Logs
from groundplan_telemetry.logs.table import LineTable
from groundplan_telemetry.otlp.controller import Otlp
from groundplan_telemetry.room import Room
from groundplan_telemetry.state import State
from groundplan_telemetry.tail.tailer import Tailer
from groundplan_telemetry.traces.controller import Traces
from groundplan_telemetry.traces.edges import Edges
from groundplan_telemetry.traces.table import SpanTable

SIGNALS: Final = ("traces", "logs")
PREFIX: Final = "groundplan_telemetry_"


def make(state: State) -> Room:
    """Return the room of traces and logs."""
    return Intake(state)


class Intake:
    """Takes in, keeps and finds traces and logs."""

    def __init__(self, state: State) -> None:
        books = state.ledger
        bounds = {each: Bounds(state.room(each), state.settings.limits.keep) for each in SIGNALS}
        traces = SpanTable(Edges(state.settings.peers))
        spans = Shelf("traces", state.folder, bounds["traces"], traces, books)
        lines = Shelf("logs", state.folder, bounds["logs"], LineTable(), books)
        self._shelves: Mapping[str, Shelf[Any]] = {"traces": spans, "logs": lines}
        self._bounds = bounds
        self._writer = Writer(self._shelves)
        self._tailer = Tailer(
            state.settings.logs,
            state.folder,
            self._writer,
            books,
            state.requests.note,
            state.settings.slow,
        )
        otlp = Otlp(state, self._writer)
        self._answering = (otlp, Traces(state, spans), Logs(state, lines))

    def routes(self) -> Sequence[Route]:
        """Return what it answers."""
        return [route for each in self._answering for route in each.routes()]

    async def start(self) -> None:
        """Begin to write, and to follow logs."""
        self._writer.start()
        self._tailer.start()

    async def close(self) -> None:
        """Put on the disk what is still in memory."""
        self._tailer.close()
        self._writer.close()

    def figures(self) -> Iterable[Metric]:
        """Return its metrics of this moment."""
        families = {
            name: GaugeMetricFamily(PREFIX + name, text, labels=["signal"])
            for name, text in (
                ("stored_bytes", "Bytes on the disk"),
                ("kept_records", "Records on the disk"),
                ("waiting_records", "Records in memory, on their way to the disk"),
                ("oldest_timestamp_seconds", "Time of the oldest record"),
            )
        }
        for signal, shelf in self._shelves.items():
            families["stored_bytes"].add_metric([signal], shelf.size)
            families["kept_records"].add_metric([signal], shelf.records)
            families["waiting_records"].add_metric([signal], self._writer.waiting(signal))
            families["oldest_timestamp_seconds"].add_metric([signal], (shelf.oldest or 0) / 1e6)
        behind = GaugeMetricFamily(
            f"{PREFIX}unread_log_bytes", "Bytes of followed logs that are not read yet"
        )
        behind.add_metric([], self._tailer.behind)
        return [*families.values(), behind]

    def state(self) -> Mapping[str, Any]:
        """Return what each signal takes and how far back it goes."""
        return {signal: self._of(signal, shelf) for signal, shelf in self._shelves.items()}

    def _of(self, signal: str, shelf: Shelf[Any]) -> Mapping[str, Any]:
        oldest = shelf.oldest
        return {
            "bytes": shelf.size,
            "most_bytes": self._bounds[signal].room,
            "records": shelf.records,
            "waiting": self._writer.waiting(signal),
            "oldest": None if oldest is None else times.written(oldest),
        }
