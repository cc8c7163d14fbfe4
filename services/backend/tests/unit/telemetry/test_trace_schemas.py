"""Traces on the wire."""

import msgspec
import pytest

from groundplan_backend.telemetry.trace_schemas import Call, TraceQuery


def test_a_call_goes_from_and_to() -> None:
    """Null is what was not measured."""
    call = Call(caller="a", called="b", requests_per_second=None, error_ratio=None, p95_ms=None)
    written = msgspec.json.decode(msgspec.json.encode(call))
    assert ("a", "b", None) == (written["from"], written["to"], written["p95_ms"])


def test_a_search_is_bounded() -> None:
    """Durations are not negative, pages are short, and a status is one of two."""
    query = msgspec.convert({"min_ms": "1.5", "limit": "100"}, TraceQuery, strict=False)
    assert (1.5, 100) == (query.min_ms, query.limit)
    for wrong in ({"min_ms": "-1"}, {"limit": "101"}, {"status": "bad"}, {"attribute": "x"}):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(wrong, TraceQuery, strict=False)
