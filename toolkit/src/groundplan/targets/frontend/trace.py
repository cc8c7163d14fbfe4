"""Traces begin here: whose id a request bears, whether its spans are kept, what is told onwards.

A trace id of the caller's is kept, so that one trace holds what the browser did too; all else
that a caller says of traces is not believed. The decision is made once, here, from the id: every
replica decides alike. The console may ask for its own requests to be kept.
"""

from groundplan.model.platform import Platform
from groundplan.targets.frontend.directive import Lines, block, choose, line, quoted

GIVEN = (
    "~^(?!ff)[0-9a-f][0-9a-f]-"
    "(?<given_trace>(?!0+-)[0-9a-f]{32})-(?<given_span>(?!0+-)[0-9a-f]{16})-[0-9a-f][0-9a-f]$"
)
"""A `traceparent` as W3C writes it; neither id may be nothing but noughts."""
ASKED = "~^same-origin [0-9a-f-]+[13579bdf]$"
"""The console asks for a trace: it comes from this very origin, which the browser vouches for."""
_HEADER = "$http_traceparent"


def maps(platform: Platform) -> Lines:
    """Return the maps that give a request its ids, and decide whether its spans are kept."""
    return (
        *choose(_HEADER, "$trace_id", [(GIVEN, "$given_trace")], "$request_id"),
        *choose(_HEADER, "$parent_id", [(GIVEN, "$given_span")], '""'),
        *choose("$request_id", "$span_id", [("~^(?<own_span>.{16})", "$own_span")], '""'),
        *_share(platform.observability.traces.sampling),
        *choose(quoted(f"$http_sec_fetch_site {_HEADER}"), "$asked", [(ASKED, "1")], "0"),
        *choose(quoted("$share$asked"), "$sampled", [("00", "0")], "1"),
    )


def told() -> dict[str, str]:
    """Return what the gateway is told of the trace; nothing else of the caller's goes on."""
    return {
        "Traceparent": "00-$trace_id-$span_id-0$sampled",
        "Tracestate": '""',
        "Baggage": '""',
    }


def _share(sampling: float) -> Lines:
    """Return the draw; nginx knows no share of nothing, and none finer than a hundredth."""
    percent = round(sampling * 100, 2)
    if percent <= 0:
        return choose("$trace_id", "$share", [], "0")
    if percent >= 100:
        return choose("$trace_id", "$share", [], "1")
    return block("split_clients $trace_id $share", line(f"{percent:g}%", 1), line("*", 0))
