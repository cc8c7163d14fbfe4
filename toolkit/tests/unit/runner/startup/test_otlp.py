"""A trace is written as OTLP over HTTP wants it."""

import json

from groundplan.runner.startup import otlp
from groundplan.runner.startup.trace import Trace


def spans_of(trace: Trace):
    """Return the spans of the written trace, and the resource's attributes."""
    (found,) = json.loads(otlp.encode(otlp.resource("local"), trace))["resourceSpans"]
    (scope,) = found["scopeSpans"]
    about = {each["key"]: each["value"]["stringValue"] for each in found["resource"]["attributes"]}
    return scope["spans"], about


def test_it_says_who_and_what():
    """Service and environment, ids, times as text, parents, and each kind of value."""
    trace = Trace("up")
    told = {"text": "t", "whole": 3, "part": 0.5, "yes": True}
    trace.end(trace.begin("start backend-1", told))
    trace.close()
    (root, child), about = spans_of(trace)
    assert ("groundplan", "local") == (
        about["service.name"],
        about["deployment.environment.name"],
    )
    assert "parentSpanId" not in root
    assert (trace.trace_id, root["spanId"]) == (child["traceId"], child["parentSpanId"])
    assert int(root["startTimeUnixNano"]) <= int(child["startTimeUnixNano"])
    assert [
        {"stringValue": "t"},
        {"intValue": "3"},
        {"doubleValue": 0.5},
        {"boolValue": True},
    ] == [each["value"] for each in child["attributes"]]
    assert "status" not in child


def test_a_failure_is_an_error():
    """Its kind is an attribute, its words are the status."""
    trace = Trace("up")
    trace.end(trace.begin("attempt"), "exited", "exited with code 1")
    (_, span), _ = spans_of(trace)
    assert {"code": 2, "message": "exited with code 1"} == span["status"]
    assert [{"key": "error.type", "value": {"stringValue": "exited"}}] == span["attributes"]


def test_what_goes_on_ends_now():
    """A draft of a trace holds whole spans, marked as unfinished."""
    trace = Trace("up")
    (root,), _ = spans_of(trace)
    assert int(root["endTimeUnixNano"]) >= trace.root.start
    assert "unfinished" == root["attributes"][0]["value"]["stringValue"]
