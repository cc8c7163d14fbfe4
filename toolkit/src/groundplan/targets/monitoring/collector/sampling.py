"""What the gateway keeps: traces with an error or a wait, of others what there is room for.

Most traces were dropped at their first hop already, by the file's share; what failed or was slow
was sent all the same and says so. So the gateway guards the store, and decides on whole traces.
"""

from typing import Any, Final

from groundplan.model.platform import Platform

WAIT: Final = "10s"
"""Longer than the longest time-out of a request, so that its last span is there."""
HELD: Final = 50_000
"""Traces that one copy holds while it waits."""
SPANS: Final = 500
"""Spans a second that one copy keeps of traces in which all went well."""
REASON: Final = "sampling.reason"
"""The attribute of a span that was sent though its trace was not drawn."""
_QUIET: Final = r"^/healthz/"


def settings(platform: Platform) -> dict[str, Any]:
    """Return the processor that decides."""
    slow = round(platform.observability.traces.slow * 1000)
    policies = [
        _policy("errors", "status_code", {"status_codes": ["ERROR"]}),
        _policy("slow", "latency", {"threshold_ms": slow}),
        _policy("marked", "string_attribute", _matching(REASON, ".+")),
        _policy("others", "rate_limiting", {"spans_per_second": SPANS}),
    ]
    return {
        "decision_wait": WAIT,
        "num_traces": HELD,
        "expected_new_traces_per_sec": 200,
        "decision_cache": {"sampled_cache_size": 10 * HELD, "non_sampled_cache_size": 10 * HELD},
        "policies": [_quiet(), *policies],
    }


def _quiet() -> dict[str, Any]:
    """Return that questions about health are never kept."""
    asked = _policy("health", "string_attribute", _matching("url.path", _QUIET))
    return {"name": "quiet", "type": "drop", "drop": {"drop_sub_policy": [asked]}}


def _matching(key: str, pattern: str) -> dict[str, Any]:
    return {"key": key, "values": [pattern], "enabled_regex_matching": True}


def _policy(name: str, sort: str, settings: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "type": sort, sort: settings}
