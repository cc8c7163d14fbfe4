"""How lines stand in a segment, and how they are put there.

Beside the lines stands an index of the words in their text and attributes, and of the words
for service, replica, level and attributes.
"""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from groundplan_telemetry.disk import terms
from groundplan_telemetry.records.line import Line
from groundplan_telemetry.records.source import Source

LONGEST_INDEXED: Final = 4_000
"""Characters of a line that can be searched for."""

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
    last: int = 0


class LineTable:
    """Lines in a segment."""

    schema = """
CREATE TABLE sources (
    id INTEGER PRIMARY KEY, service TEXT NOT NULL, replica TEXT NOT NULL, resource TEXT NOT NULL);
CREATE TABLE lines (
    id INTEGER PRIMARY KEY, time INTEGER NOT NULL, source INTEGER NOT NULL,
    level INTEGER NOT NULL, message TEXT NOT NULL, trace BLOB, span BLOB,
    attributes TEXT NOT NULL);
CREATE INDEX lines_of_trace ON lines (trace) WHERE trace IS NOT NULL;
CREATE VIRTUAL TABLE words USING fts5 (text, content='', detail=none, tokenize='unicode61');
"""

    def __init__(self) -> None:
        self._known = _Known()

    def opened(self, connection: sqlite3.Connection) -> None:
        """Learn what the segment holds already."""
        rows = connection.execute("SELECT service, replica, resource, id FROM sources")
        sources = {Source(*row[:3]): row[3] for row in rows}
        last = connection.execute("SELECT max(id) FROM lines").fetchone()[0]
        self._known = _Known(sources, max(last or 0, self._known.last))

    def add(self, connection: sqlite3.Connection, records: Sequence[Line]) -> Added:
        """Put lines into the segment, in the order of their times."""
        ordered = sorted(records, key=lambda line: line.time)
        rows = [self._row(connection, line) for line in ordered]
        connection.executemany("INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        found = [(row[0], _words(line)) for row, line in zip(rows, ordered, strict=True)]
        connection.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", found)
        return Added(len(rows), ordered[0].time, ordered[-1].time)

    def _row(self, connection: sqlite3.Connection, line: Line) -> tuple[Any, ...]:
        source = self._known.sources.get(line.source)
        if source is None:
            source = self._note_source(connection, line.source)
        return (
            self._next(),
            line.time,
            source,
            line.level,
            line.message,
            line.trace or None,
            line.span or None,
            _encode(line.attributes).decode(),
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


def texts(message: str, attributes: dict[str, Any]) -> Iterator[str]:
    """Yield what a search for a text looks at."""
    yield message
    for value in attributes.values():
        if isinstance(value, str):
            yield value


def _words(line: Line) -> str:
    found = [
        terms.service(line.source.service),
        terms.replica(line.source.replica),
        terms.level(line.level),
    ]
    found += [terms.attribute(key, terms.written(each)) for key, each in line.attributes.items()]
    text = " ".join(texts(line.message, line.attributes))
    return f"{' '.join(found)} {text[:LONGEST_INDEXED]}"
