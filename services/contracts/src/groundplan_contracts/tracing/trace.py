"""The trace of one request while it is answered, and the spans that its work adds.

Times are readings of `time.perf_counter()`, which no correction of the clock moves; a trace
knows how far that is from the time of day.
"""

import time
from collections.abc import Callable, Mapping, MutableMapping
from contextvars import ContextVar
from typing import Any, Final

from groundplan_contracts.tracing import context
from groundplan_contracts.tracing.span import NANO, Attributes, Kind, Span

current: Final[ContextVar["Trace | None"]] = ContextVar("trace", default=None)
"""The trace of the task that runs, where its request is sampled."""
caller: Final[ContextVar[str | bytes | None]] = ContextVar("traceparent", default=None)
"""The `traceparent` of the request that runs, sampled or not, for the lines that it logs."""


class Trace:
    """A trace as one process sees it: its own span, and those of what it waits for."""

    __slots__ = ("_keep", "_since_1970", "parent_id", "span_id", "trace_id")

    def __init__(self, keep: Callable[[Span], None], trace_id: str, parent_id: str = "") -> None:
        self.trace_id = trace_id
        self.parent_id = parent_id
        self.span_id = context.new_span_id()
        self._keep = keep
        self._since_1970 = time.time_ns() - int(time.perf_counter() * NANO)

    def header(self) -> str:
        """Return the `traceparent` for what this process calls."""
        return context.Context(self.trace_id, self.span_id, True).header()

    def call(
        self, name: str, kind: Kind, started: float, attributes: Attributes, error: str = ""
    ) -> None:
        """Add a piece of the request's work that ends now."""
        span_id = context.new_span_id()
        self._add(span_id, self.span_id, name, kind, started, attributes, error)

    def end(
        self, name: str, kind: Kind, started: float, attributes: Attributes, error: str = ""
    ) -> None:
        """Add the request itself, which ends now."""
        self._add(self.span_id, self.parent_id, name, kind, started, attributes, error)

    def _add(
        self,
        span_id: str,
        parent_id: str,
        name: str,
        kind: Kind,
        started: float,
        attributes: Attributes,
        error: str,
    ) -> None:
        self._keep(
            Span(
                trace_id=self.trace_id,
                span_id=span_id,
                parent_id=parent_id,
                name=name,
                kind=kind,
                start=int(started * NANO) + self._since_1970,
                end=int(time.perf_counter() * NANO) + self._since_1970,
                attributes=attributes,
                error=error,
            )
        )


def stamp(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Put the ids of the request that runs on a line of the log, as structlog's processors do."""
    trace = current.get()
    if trace is not None:
        event.setdefault("trace_id", trace.trace_id)
        event.setdefault("span_id", trace.span_id)
        return event
    found = context.read(caller.get())
    if found is not None:
        event.setdefault("trace_id", found.trace_id)
    return event
