"""How spans stand in a segment, and how they are put there.

Beside the spans stands an index of words (service, name, about how long, failed, attributes),
from which a search takes its candidates, newest first, whatever it asks for.
"""

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from groundplan_telemetry.disk import terms
from groundplan_telemetry.records.source import Source
from groundplan_telemetry.records.span import Span
from groundplan_telemetry.traces.edges import Edges

MOST_OPERATIONS: Final = 5_000
"""Names that a segment lists; further ones are found, but not offered."""

_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a batch."""

    count: int
    lowest: int
    highest: int


@dataclass(slots=True)
class _Known:
    """What the open segment already holds."""

    sources: dict[Source, int] = field(default_factory=dict)
    operations: set[tuple[str, str]] = field(default_factory=set)
    last: int = 0


class SpanTable:
    """Spans in a segment."""

    schema = """
CREATE TABLE sources (
    id INTEGER PRIMARY KEY, service TEXT NOT NULL, replica TEXT NOT NULL, resource TEXT NOT NULL);
CREATE TABLE operations (
    service TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (service, name)) WITHOUT ROWID;
CREATE TABLE spans (
    id INTEGER PRIMARY KEY, trace BLOB NOT NULL, span BLOB NOT NULL, parent BLOB NOT NULL,
    source INTEGER NOT NULL, kind INTEGER NOT NULL, name TEXT NOT NULL, start INTEGER NOT NULL,
    duration INTEGER NOT NULL, failed INTEGER NOT NULL, attributes TEXT NOT NULL, events TEXT);
CREATE UNIQUE INDEX spans_of_trace ON spans (trace, span);
CREATE VIRTUAL TABLE words USING fts5 (text, content='', detail=none, tokenize='ascii');
CREATE TABLE edges (
    part INTEGER NOT NULL, minute INTEGER NOT NULL, caller TEXT NOT NULL, callee TEXT NOT NULL,
    calls INTEGER NOT NULL, errors INTEGER NOT NULL, buckets TEXT NOT NULL,
    PRIMARY KEY (part, minute, caller, callee)) WITHOUT ROWID;
"""

    def __init__(self, edges: Edges) -> None:
        self._edges = edges
        self._known = _Known()

    def opened(self, connection: sqlite3.Connection) -> None:
        """Learn what the segment holds already."""
        rows = connection.execute("SELECT service, replica, resource, id FROM sources")
        sources = {Source(*row[:3]): row[3] for row in rows}
        operations = set(connection.execute("SELECT service, name FROM operations"))
        last = connection.execute("SELECT max(id) FROM spans").fetchone()[0]
        self._known = _Known(sources, operations, max(last or 0, self._known.last))

    def add(self, connection: sqlite3.Connection, records: Sequence[Span]) -> Added:
        """Put spans into the segment; those that are there already are left out."""
        self._note_names(connection, records)
        rows = [self._row(connection, span) for span in records]
        before = connection.total_changes
        connection.executemany(
            "INSERT OR IGNORE INTO spans VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
        )
        added = connection.total_changes - before
        fresh = list(zip((row[0] for row in rows), records, strict=True))
        if added < len(rows):
            sql = "SELECT id FROM spans WHERE id >= ?"
            kept = {number for (number,) in connection.execute(sql, (rows[0][0],))}
            fresh = [each for each in fresh if each[0] in kept]
        found = [(number, _words(span)) for number, span in fresh]
        connection.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", found)
        self._edges.see(span for _, span in fresh)
        self._edges.keep(connection)
        starts = [span.start for span in records]
        return Added(added, min(starts), max(starts))

    def _row(self, connection: sqlite3.Connection, span: Span) -> tuple[Any, ...]:
        source = self._known.sources.get(span.source)
        if source is None:
            source = self._note_source(connection, span.source)
        return (
            self._next(),
            span.trace,
            span.span,
            span.parent,
            source,
            span.kind,
            span.name,
            span.start,
            span.duration,
            span.failed,
            _encode(span.attributes).decode(),
            _encode([span.message, *span.events]).decode()
            if span.events or span.message
            else None,
        )

    def _next(self) -> int:
        """Return a number that is larger than all before, about the time in microseconds."""
        self._known.last = max(self._known.last + 1, time.time_ns() // 1000)
        return self._known.last

    def _note_source(self, connection: sqlite3.Connection, source: Source) -> int:
        number = len(self._known.sources) + 1
        connection.execute("INSERT INTO sources VALUES (?, ?, ?, ?)", (number, *source))
        self._known.sources[source] = number
        return number

    def _note_names(self, connection: sqlite3.Connection, records: Sequence[Span]) -> None:
        operations = self._known.operations
        names = {(span.source.service, span.name) for span in records} - operations
        fresh = sorted(names)[: max(0, MOST_OPERATIONS - len(operations))]
        if fresh:
            connection.executemany("INSERT OR IGNORE INTO operations VALUES (?, ?)", fresh)
            operations.update(fresh)


def _words(span: Span) -> str:
    found = [
        terms.service(span.source.service),
        terms.operation(span.name),
        terms.duration(span.duration),
    ]
    if span.failed:
        found.append(terms.failed())
    found += [terms.attribute(key, terms.written(each)) for key, each in span.attributes.items()]
    return " ".join(found)
