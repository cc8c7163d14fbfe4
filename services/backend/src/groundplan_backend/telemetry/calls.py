"""Who calls whom, counted from the spans of traces."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from groundplan_backend.telemetry.trace_schemas import Call, Span

_QUANTILE: Final = 0.95


def between(traces: Iterable[list[Span]]) -> list[Call]:
    """Return the calls between different services, by name.

    A rate per second is not told: the traces are the latest ones, not all.
    """
    found: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for spans in traces:
        services = {span.span_id: span.service for span in spans}
        for span in spans:
            caller = services.get(span.parent_id)
            if caller is not None and caller != span.service:
                found[caller, span.service].append(span)
    return [_call(caller, called, found[caller, called]) for caller, called in sorted(found)]


def _call(caller: str, called: str, spans: list[Span]) -> Call:
    durations = sorted(span.duration_ms for span in spans)
    return Call(
        caller=caller,
        called=called,
        requests_per_second=None,
        error_ratio=sum(span.status == "error" for span in spans) / len(spans),
        p95_ms=durations[min(len(durations) - 1, int(_QUANTILE * len(durations)))],
    )
