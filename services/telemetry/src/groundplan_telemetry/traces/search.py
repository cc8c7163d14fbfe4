"""The search for traces: candidates from the index of words, newest first, then a closer look.

A trace is found when one of its spans is what was asked for, and listed once, where the newest
such span stands. Without a service, durations are those of the whole trace.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from groundplan_telemetry.disk import terms
from groundplan_telemetry.disk.question import EXAMINED, Window
from groundplan_telemetry.disk.reading import SlowError, deadline, reading
from groundplan_telemetry.disk.shelf import Shelf
from groundplan_telemetry.records.span import Span
from groundplan_telemetry.traces import stored
from groundplan_telemetry.traces.stored import Kept, Stored

NEAR: Final = 600_000_000
"""Microseconds that the spans of one trace may lie apart."""
SHOWN: Final = 2_500
"""Spans that came first, and as many that came last, of a trace that is shown whole."""
LISTED: Final = 250
"""As many of each, of one that is listed: whoever sends without end costs others no list."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which traces are wanted; durations are in microseconds."""

    window: Window
    service: str = ""
    operation: str = ""
    least: float = 0.0
    most: float | None = None
    failed: bool | None = None
    attributes: Sequence[tuple[str, str]] = ()


@dataclass(slots=True)
class Page:
    """The spans of each trace that was found, and where to go on."""

    traces: list[Kept] = field(default_factory=list)
    next: int | None = None
    examined: int = 0
    seen: set[bytes] = field(default_factory=set)

    def is_full(self, limit: int) -> bool:
        """Return whether enough was found, or looked at."""
        return len(self.traces) >= limit or self.examined >= EXAMINED


def search(shelf: Shelf[Span], question: Question) -> Page:
    """Return traces, the newest first; what was found when time was up, and where to go on.

    Raises:
        SlowError: time was up before anything could be looked at.
    """
    page, until = Page(), deadline()
    try:
        for number, trace, start in _candidates(shelf, question, until):
            if page.is_full(question.window.limit):
                return page
            if trace not in page.seen:
                found = load(shelf, trace, start, most=LISTED, until=until)
                page.seen.add(trace)
                page.examined += 1
                if _is_wanted(found.spans, question):
                    page.traces.append(found)
            page.next = number
    except SlowError:
        if not page.examined:
            raise
        return page
    page.next = None
    return page


def load(
    shelf: Shelf[Span],
    trace: bytes,
    near: int | None = None,
    *,
    most: int = SHOWN,
    until: float | None = None,
) -> Kept:
    """Return the spans of a trace by their start; `near` is about when it was.

    Of a trace of more than twice as many as `most` those in the middle are left out.
    """
    until = deadline() if until is None else until
    low, high = (None, None) if near is None else (near - NEAR, near + NEAR)
    found: dict[bytes, Stored] = {}
    left_out = 0
    for part in shelf.newest_first(low, high):
        with reading(part, until) as connection:
            if connection is not None:
                room = most if len(found) < 2 * most else 0
                spans, rest = stored.of_trace(connection, trace, room)
                found.update({each.span: each for each in spans})
                left_out += rest
    spans = sorted(found.values(), key=lambda span: (span.start, -span.duration))
    return Kept(spans, left_out)


def _candidates(
    shelf: Shelf[Span], question: Question, until: float
) -> Iterator[tuple[int, bytes, int]]:
    """Yield number, trace and start of spans that may be what is asked for."""
    sql, values = _statement(question)
    window = question.window
    for part in shelf.newest_first(window.low, window.high):
        if part.made < window.after:
            with reading(part, until) as connection:
                if connection is not None:
                    yield from connection.execute(sql, values)


def _statement(question: Question) -> tuple[str, dict[str, Any]]:
    words = _words(question)
    window = question.window
    values = {
        "words": words,
        "after": window.after,
        "low": window.low,
        "high": window.high,
        "least": question.least,
    }
    asked = ["id < :after"]
    asked += ["start >= :low"] if window.low is not None else []
    asked += ["start <= :high"] if window.high is not None else []
    asked += ["duration >= :least"] if question.least else []
    table = "spans"
    if words:
        table = "words JOIN spans ON spans.id = words.rowid"
        asked = ["words MATCH :words", "words.rowid < :after", *asked[1:]]
    order = "words.rowid" if words else "id"
    return (
        f"SELECT id, trace, start FROM {table} WHERE {' AND '.join(asked)}"  # noqa: S608
        f" ORDER BY {order} DESC",
        values,
    )


def _words(question: Question) -> str:
    every = [terms.attribute(key, value) for key, value in question.attributes]
    every += [terms.service(question.service)] if question.service else []
    every += [terms.operation(question.operation)] if question.operation else []
    every += [terms.failed()] if question.failed else []
    most = question.most if question.service else None
    if question.least or most is not None:
        every.append(f"({' OR '.join(terms.durations(question.least, most))})")
    return " AND ".join(every)


def _is_wanted(spans: Sequence[Stored], question: Question) -> bool:
    """Return whether a trace is what is asked for, and stood on no page before this one."""
    if question.failed is False and any(span.failed for span in spans):
        return False
    if not question.service and not _fits(stored.duration(spans), question):
        return False
    matching = [span.number for span in spans if _matches(span, question)]
    return bool(matching) and max(matching) < question.window.after


def _matches(span: Stored, question: Question) -> bool:
    window = question.window
    return (
        (not question.service or span.service == question.service)
        and (not question.operation or span.name == question.operation)
        and (not question.failed or span.failed)
        and (not question.service or _fits(span.duration, question))
        and (window.low is None or span.start >= window.low)
        and (window.high is None or span.start <= window.high)
        and _has(span.attributes, question.attributes)
    )


def _fits(duration: float, question: Question) -> bool:
    return duration >= question.least and (question.most is None or duration <= question.most)


def _has(attributes: dict[str, Any], wanted: Sequence[tuple[str, str]]) -> bool:
    return all(
        key in attributes and terms.written(attributes[key]) == value for key, value in wanted
    )
