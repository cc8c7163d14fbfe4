"""Who calls whom, counted from the spans of traces.

A span whose parent is another service's is a call of that service; a client's span to a database
or a cache is one as well, as those write no spans. The store of one machine counts the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from groundplan_backend.telemetry.trace_schemas import Call, Span

_QUANTILE: Final = 0.95
_SYSTEM: Final = ("db.system.name", "db.system")
_PEERS: Final = {"postgresql": "database", "redis": "cache"}
"""The component behind each database system."""


def between(traces: Iterable[list[Span]], seconds: float | None) -> list[Call]:
    """Return the calls between different components, by name.

    Args:
        traces: spans, trace by trace.
        seconds: of which `traces` are all that were kept; None where they are only some of them,
            and a rate cannot be told.
    """
    found: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for spans in traces:
        services = {span.span_id: span.service for span in spans}
        for span in spans:
            for pair in _pairs(span, services.get(span.parent_id)):
                found[pair].append(span)
    return [_call(*pair, found[pair], seconds) for pair in sorted(found)]


def _pairs(span: Span, caller: str | None) -> Iterator[tuple[str, str]]:
    """Yield caller and called, of each call that a span tells of."""
    if caller is not None and caller != span.service:
        yield caller, span.service
    told = span.attributes
    system = next((str(told[name]) for name in _SYSTEM if name in told), "")
    if span.kind == "client" and system:
        yield span.service, _PEERS.get(system, system)


def _call(caller: str, called: str, spans: list[Span], seconds: float | None) -> Call:
    durations = sorted(span.duration_ms for span in spans)
    return Call(
        caller=caller,
        called=called,
        requests_per_second=len(spans) / seconds if seconds else None,
        error_ratio=sum(span.status == "error" for span in spans) / len(spans),
        p95_ms=durations[min(len(durations) - 1, int(_QUANTILE * len(durations)))],
    )
