"""A trace while it is written: spans with true times, and which of them the work now is in.

What is worth a span says `with step(...)`. Where nobody writes a trace, that costs a look.
"""

import contextlib
import os
import secrets
import time
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from groundplan.errors import GroundplanError

Value = str | int | float | bool
Attributes = dict[str, Value]
MOST: Final = 1000
"""Spans of a trace; a start that fails again and again writes no more."""
LONGEST: Final = 200
"""Letters of what a failure says."""
UNFINISHED: Final = "unfinished"
DROPPED: Final = "groundplan.spans.dropped"
GOES_ON: Final = "groundplan.unfinished"
NANO: Final = 1_000_000_000
OLDEST: Final = 60 * NANO
"""Nanoseconds since a program's beginning that are believed; more is a clock that was set."""


@dataclass(slots=True)
class Span:
    """One piece of work; times are nanoseconds since 1970, `end` is 0 while it goes on."""

    name: str
    start: int
    parent_id: str = ""
    end: int = 0
    attributes: Attributes = field(default_factory=dict)
    error: str = ""
    """The kind of its failure; empty where there was none."""
    message: str = ""
    span_id: str = field(default_factory=lambda: secrets.token_hex(8))


class Trace:
    """The spans of one start; forked, each process goes on with its own copy."""

    def __init__(
        self, name: str, attributes: Attributes | None = None, start: int | None = None
    ) -> None:
        """Begin with the root.

        Args:
            name: of the root.
            attributes: of the root.
            start: when it began; now where not given.
        """
        self._since_1970 = time.time_ns() - time.monotonic_ns()
        self.trace_id = secrets.token_hex(16)
        self.spans: list[Span] = []
        self.is_closed = False
        self._dropped = 0
        self.root = self.begin(name, attributes, start=start)
        self.root.parent_id = ""

    def now(self) -> int:
        """Return the time, which never goes back within a trace."""
        return time.monotonic_ns() + self._since_1970

    def begin(
        self,
        name: str,
        attributes: Attributes | None = None,
        parent: Span | None = None,
        start: int | None = None,
    ) -> Span:
        """Add a span that goes on, below the root where no parent is given."""
        above = parent or (self.spans[0] if self.spans else None)
        span = Span(name, start or self.now(), above.span_id if above else "")
        span.attributes.update(attributes or {})
        if self.is_closed or len(self.spans) >= MOST:
            self._dropped += 1
        else:
            self.spans.append(span)
        return span

    def end(self, span: Span, error: str = "", message: str = "") -> None:
        """End a span, unless it has ended."""
        if not span.end:
            span.end, span.error, span.message = self.now(), error, message[:LONGEST]

    def close(self, error: str = "", message: str = "") -> None:
        """End the trace; what still goes on is marked so, and an error only where the trace is."""
        if self.is_closed:
            return
        if self._dropped:
            self.root.attributes[DROPPED] = self._dropped
        self.end(self.root, error, message)
        for span in self.spans:
            if not span.end:
                span.attributes[GOES_ON] = True
                self.end(span, UNFINISHED if error else "")
        self.is_closed = True


@dataclass(frozen=True, slots=True)
class Place:
    """Where the work is: in which trace, and in which of its spans."""

    trace: Trace
    span: Span


_current: ContextVar[Place | None] = ContextVar("startup", default=None)


def current() -> Trace | None:
    """Return the trace that is being written; None where there is none."""
    place = _current.get()
    return place.trace if place and not place.trace.is_closed else None


def enter(trace: Trace) -> None:
    """Have what is done from now on written into a trace."""
    _current.set(Place(trace, trace.root))


@contextlib.contextmanager
def step(name: str, attributes: Attributes | None = None, *, top: bool = False) -> Iterator[None]:
    """Write what the block does as a span; what it raises is its failure.

    Args:
        name: what is done.
        attributes: what there is to know of it.
        top: whether it stands below the root, because more than its caller waits for it.
    """
    place = _current.get()
    if place is None or place.trace.is_closed:
        yield
        return
    trace = place.trace
    span = trace.begin(name, attributes, trace.root if top else place.span)
    token = _current.set(Place(trace, span))
    try:
        yield
    except BaseException as error:
        trace.end(span, type(error).__name__, reason(error))
        raise
    else:
        trace.end(span)
    finally:
        _current.reset(token)


def reason(error: BaseException) -> str:
    """Return what an error says, without the way out."""
    return error.message if isinstance(error, GroundplanError) else str(error)


def program_start() -> int:
    """Return when this program was started, as exactly as the system tells; else now."""
    now = time.time_ns()
    try:
        words = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        ticks = int(words[19])
        age = time.clock_gettime_ns(time.CLOCK_BOOTTIME) - ticks * NANO // os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError, AttributeError):
        return now
    return now - age if 0 <= age <= OLDEST else now
