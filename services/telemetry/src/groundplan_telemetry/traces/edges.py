"""Who called whom: counted while spans come in, a row a minute and pair of services.

A span whose parent is another service's is a call of that service; a client's span to a
database or a cache is one as well, as those write no spans. A parent may come later than its
child, so both wait for a while in memory.
"""

import sqlite3
import time
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import msgspec

from groundplan_telemetry.records.span import Kind, Span
from groundplan_telemetry.traces.duration import bucket

MOST_KNOWN: Final = 30_000
"""Spans of which it is remembered whose they are."""
MOST_ORPHANS: Final = 10_000
"""Spans that wait for their parent."""
MOST_OPEN: Final = 10_000
"""Pairs of services and minutes that are counted at once; further pairs are left out."""
MINUTE: Final = 60_000_000
KEPT_OPEN: Final = 10 * MINUTE
SYSTEM: Final = ("db.system.name", "db.system")


class _Call(NamedTuple):
    """What is counted of a span; `start` and `duration` are in microseconds."""

    service: str
    start: int
    duration: int
    failed: bool


@dataclass(slots=True)
class Edge:
    """Calls of one minute from one service to another."""

    part: int
    minute: int
    caller: str
    callee: str
    calls: int = 0
    errors: int = 0
    buckets: dict[int, int] = field(default_factory=dict)


class Edges:
    """Counts calls; written to by the writer alone."""

    def __init__(self, peers: Mapping[str, str]) -> None:
        """Begin to count; `peers` names the component behind each database system."""
        self._peers = peers
        self._services: OrderedDict[bytes, str] = OrderedDict()
        self._orphans: OrderedDict[bytes, list[_Call]] = OrderedDict()
        self._waiting = 0
        self._open: dict[tuple[int, str, str], Edge] = {}
        self._changed: set[tuple[int, str, str]] = set()

    def see(self, spans: Iterable[Span]) -> None:
        """Count the calls that spans tell of."""
        for span in spans:
            service = span.source.service
            call = _Call(service, span.start, span.duration, span.failed)
            self._remember(span.span, service)
            if span.parent:
                self._find_caller(span.parent, call)
            if span.kind == Kind.CLIENT and (peer := self._peer(span)):
                self._count(call, service, peer)
            children = self._orphans.pop(span.span, ())
            self._waiting -= len(children)
            for child in children:
                self._called(child, service)

    def keep(self, connection: sqlite3.Connection) -> None:
        """Write down what has changed."""
        rows = [_row(self._open[key]) for key in self._changed]
        connection.executemany("INSERT OR REPLACE INTO edges VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        self._changed.clear()
        self._close_old()

    def _remember(self, span: bytes, service: str) -> None:
        self._services[span] = service
        if len(self._services) > MOST_KNOWN:
            self._services.popitem(last=False)

    def _find_caller(self, parent: bytes, call: _Call) -> None:
        caller = self._services.get(parent)
        if caller is not None:
            self._called(call, caller)
            return
        self._orphans.setdefault(parent, []).append(call)
        self._waiting += 1
        while self._waiting > MOST_ORPHANS:
            self._waiting -= len(self._orphans.popitem(last=False)[1])

    def _called(self, call: _Call, caller: str) -> None:
        if caller != call.service:
            self._count(call, caller, call.service)

    def _peer(self, span: Span) -> str:
        told = span.attributes
        system = next((str(told[name]) for name in SYSTEM if name in told), "")
        return self._peers.get(system, system)

    def _count(self, call: _Call, caller: str, callee: str) -> None:
        key = (call.start // MINUTE * MINUTE, caller, callee)
        edge = self._open.get(key)
        if edge is None:
            if len(self._open) >= MOST_OPEN:
                return
            edge = self._open[key] = Edge(time.time_ns() // 1000, *key)
        edge.calls += 1
        edge.errors += call.failed
        found = bucket(call.duration)
        edge.buckets[found] = edge.buckets.get(found, 0) + 1
        self._changed.add(key)

    def _close_old(self) -> None:
        oldest = time.time_ns() // 1000 - KEPT_OPEN
        for key in [key for key, edge in self._open.items() if edge.part < oldest]:
            del self._open[key]


def _row(edge: Edge) -> tuple[int, int, str, str, int, int, str]:
    buckets = msgspec.json.encode({str(key): count for key, count in edge.buckets.items()})
    return (
        edge.part, edge.minute, edge.caller, edge.callee, edge.calls, edge.errors,
        buckets.decode(),
    )  # fmt: skip


def gather(rows: Iterable[tuple[str, str, int, int, str]]) -> list[Edge]:
    """Return edges of a longer time from rows of caller, callee, calls, errors and buckets."""
    found: dict[tuple[str, str], Edge] = {}
    for caller, callee, calls, errors, buckets in rows:
        edge = found.setdefault((caller, callee), Edge(0, 0, caller, callee))
        edge.calls += calls
        edge.errors += errors
        total: defaultdict[int, int] = defaultdict(int, edge.buckets)
        for key, count in msgspec.json.decode(buckets, type=dict[str, int]).items():
            total[int(key)] += count
        edge.buckets = dict(total)
    return list(found.values())
