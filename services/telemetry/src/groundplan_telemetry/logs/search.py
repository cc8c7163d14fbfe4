"""The search for lines: candidates from the index of words, then a closer look at each.

A text is cut at its blanks, but for what stands in quotes; each piece must stand in a line, at
the beginning of a word, in capitals or not.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from groundplan_telemetry import times
from groundplan_telemetry.disk import terms
from groundplan_telemetry.disk.question import EXAMINED, Window
from groundplan_telemetry.disk.reading import SlowError, deadline, reading
from groundplan_telemetry.disk.segment import Segment
from groundplan_telemetry.disk.shelf import Shelf
from groundplan_telemetry.logs.table import texts
from groundplan_telemetry.records.line import LEVELS, Line

_PIECES: Final = re.compile(r'"([^"]*)"|(\S+)')
_WORDS: Final = re.compile(r"[^\W_]+")
_COLUMNS: Final = "id, time, service, replica, level, message, trace, span, attributes"


@dataclass(frozen=True, slots=True)
class Question:
    """Which lines are wanted."""

    window: Window
    text: str = ""
    service: str = ""
    replica: str = ""
    levels: Sequence[int] = ()
    trace: bytes = b""
    attributes: Sequence[tuple[str, str]] = ()
    since: int | None = None
    """Only what has a larger number, the oldest first."""


@dataclass(slots=True)
class Page:
    """The lines that were found, and where to go on."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    next: int | None = None
    examined: int = 0

    def is_full(self, limit: int) -> bool:
        """Return whether enough was found, or looked at."""
        return len(self.lines) >= limit or self.examined >= EXAMINED


def search(shelf: Shelf[Line], question: Question) -> Page:
    """Return lines, the newest first; the oldest first where it is asked what came since.

    Who follows goes on at `next` in any case. When time is up, what was found is a page.

    Raises:
        SlowError: time was up before anything could be looked at.
    """
    page, is_wanted = Page(next=question.since), _closer(question)
    try:
        for row in _candidates(shelf, question):
            if page.is_full(question.window.limit):
                return page
            page.examined, page.next = page.examined + 1, row[0]
            line = _document(row)
            if is_wanted(line):
                page.lines.append(line)
    except SlowError:
        if not page.examined:
            raise
        return page
    page.next = None if question.since is None else page.next
    return page


def pieces(text: str) -> list[str]:
    """Return the pieces of a text that must all be found."""
    found = (quoted or plain for quoted, plain in _PIECES.findall(text))
    return [piece.lower() for piece in found if piece]


def _parts(shelf: Shelf[Line], question: Question) -> Iterator[Segment]:
    window, since = question.window, question.since
    if since is None:
        yield from (
            part
            for part in shelf.newest_first(window.low, window.high)
            if part.made < window.after
        )
        return
    every = shelf.oldest_first()
    for place, part in enumerate(every):
        is_past = place + 1 < len(every) and every[place + 1].made <= since
        if not is_past:
            yield part


def _candidates(shelf: Shelf[Line], question: Question) -> Iterator[tuple[Any, ...]]:
    """Yield rows of lines that may be what is asked for."""
    (sql, values), until = _statement(question), deadline()
    for part in _parts(shelf, question):
        with reading(part, until) as connection:
            if connection is not None:
                yield from connection.execute(sql, values)


def _statement(question: Question) -> tuple[str, dict[str, Any]]:
    words, window = _words(question), question.window
    place = "words.rowid" if words and not question.trace else "lines.id"
    follows = question.since is not None
    asked = [f"{place} > :since" if follows else f"{place} < :after"]
    asked += ["time >= :low"] if window.low is not None else []
    asked += ["time <= :high"] if window.high is not None else []
    tables = "lines JOIN sources ON sources.id = lines.source"
    if question.trace:
        asked.append("trace = :trace")
    elif words:
        tables = f"words JOIN lines ON lines.id = words.rowid {tables.partition('lines ')[2]}"
        asked.append("words MATCH :words")
    columns = _COLUMNS.replace("id,", "lines.id,", 1)
    values = {
        "words": words,
        "after": window.after,
        "since": question.since,
        "low": window.low,
        "high": window.high,
        "trace": question.trace,
    }
    return (
        f"SELECT {columns} FROM {tables} WHERE {' AND '.join(asked)}"  # noqa: S608
        f" ORDER BY {place} {'ASC' if follows else 'DESC'}",
        values,
    )


def _words(question: Question) -> str:
    every = [terms.attribute(key, value) for key, value in question.attributes]
    every += [terms.service(question.service)] if question.service else []
    every += [terms.replica(question.replica)] if question.replica else []
    if question.levels:
        every.append(f"({' OR '.join(terms.level(each) for each in question.levels)})")
    every += [f'"{word}" *' for piece in pieces(question.text) for word in _WORDS.findall(piece)]
    return " AND ".join(every)


def _closer(question: Question) -> Callable[[dict[str, Any]], bool]:
    wanted = pieces(question.text)
    levels = {LEVELS[each] for each in question.levels}

    def is_wanted(line: dict[str, Any]) -> bool:
        attributes = line["attributes"]
        return (
            (not question.service or line["service"] == question.service)
            and (not question.replica or line["replica"] == question.replica)
            and (not levels or line["level"] in levels)
            and _has(attributes, question.attributes)
            and (not wanted or _tells(wanted, line["message"], attributes))
        )

    return is_wanted


def _tells(wanted: Sequence[str], message: str, attributes: dict[str, Any]) -> bool:
    said = "\n".join(texts(message, attributes)).lower()
    return all(piece in said for piece in wanted)


def _has(attributes: dict[str, Any], wanted: Sequence[tuple[str, str]]) -> bool:
    return all(
        key in attributes and terms.written(attributes[key]) == value for key, value in wanted
    )


def _document(row: tuple[Any, ...]) -> dict[str, Any]:
    number, at, service, replica, level, message, trace, span, attributes = row
    return {
        "id": str(number),
        "time": times.written(at),
        "service": service,
        "replica": replica,
        "level": LEVELS[level],
        "message": message,
        "trace_id": trace.hex() if trace else None,
        "span_id": span.hex() if span else None,
        "attributes": msgspec.json.decode(attributes),
    }
