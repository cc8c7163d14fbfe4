"""What took longest in a start: each replica's and each gate's own time, without its waits."""

from typing import Final

from groundplan.runner.startup.trace import NANO, Span, Trace
from groundplan.runner.startup.way import GATE

STARTS: Final = "start "
NAMED: Final = 3
"""That are named."""
NOTABLE: Final = 0.1
"""Seconds below which nobody asks."""


def seconds(trace: Trace) -> float:
    """Return how long a start took, or takes up to now."""
    return _length(trace, trace.root)


def names(trace: Trace) -> list[tuple[str, float]]:
    """Return what took longest and how many seconds, the longest first."""
    waits: dict[str, float] = {}
    for span in trace.spans:
        if GATE in span.attributes and span.parent_id != trace.root.span_id:
            waits[span.parent_id] = waits.get(span.parent_id, 0.0) + _length(trace, span)
    found = [
        (name, round(_length(trace, span) - waits.get(span.span_id, 0.0), 1))
        for span in trace.spans
        if (name := _name(trace, span))
    ]
    notable = [each for each in found if each[1] >= NOTABLE]
    return sorted(notable, key=lambda each: -each[1])[:NAMED]


def _name(trace: Trace, span: Span) -> str:
    """Return what people call a span's work: a replica or a gate; nothing for others."""
    if span.parent_id != trace.root.span_id:
        return ""
    if span.name.startswith(STARTS):
        return span.name.removeprefix(STARTS)
    return str(span.attributes.get(GATE, ""))


def _length(trace: Trace, span: Span) -> float:
    return ((span.end or trace.now()) - span.start) / NANO
