"""The span of a line of the edge, as Fluentd's Ruby makes it."""

import json
import re
import shutil
import subprocess
from typing import Any

import pytest

from groundplan.model.platform import Platform
from groundplan.targets.frontend import log
from groundplan.targets.gateway import accesslog
from groundplan.targets.monitoring.fluentd import span

LINE = {
    "method": "GET",
    "path": "/api/v1/x",
    "status": "503",
    "seconds": "0.250",
    "end": "1764000000.500",
    "trace_id": "a" * 32,
    "span_id": "b" * 16,
    "parent_id": "",
    "sampled": "1",
    "pod": "frontend-1",
}
PASSED = {
    "method": "GET",
    "path": "/api/v1/x",
    "status": 200,
    "time": "2025-11-24T16:00:00.250Z",
    "duration_ms": 1250,
    "upstream": "10.0.0.1:8080",
    "trace_id": "a" * 32,
    "traceparent": f"00-{'a' * 32}-{'c' * 16}-00",
    "pod": "gateway-1",
}
WRITTEN = {"frontend": set(log.FIELDS), "gateway": set(accesslog.FIELDS)}
RUBY = pytest.mark.skipif(shutil.which("ruby") is None, reason="needs ruby, as Fluentd does")


def ruby(platform: Platform, whose: str, line: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return why a line's span is kept, and what it is sent as."""
    program = (
        "require 'json'; require 'time'; record = JSON.parse(STDIN.read); "
        f'record["reason"] = {span.reason(platform, whose)}; '
        f'puts JSON.generate([record["reason"], {span.expression(platform, whose)}])'
    )
    argv = ["ruby", "-e", program]
    done = subprocess.run(argv, input=json.dumps(line), capture_output=True, text=True, check=True)
    reason, (held,) = json.loads(done.stdout)
    return reason, held


def first(held: dict[str, Any]) -> dict[str, Any]:
    """Return the span."""
    (found,) = held["scopeSpans"][0]["spans"]
    return dict(found)


@pytest.mark.parametrize("whose", WRITTEN)
def test_it_reads_what_is_written(reference: Platform, whose: str) -> None:
    """Each field is in the access log, but the pod's name and the reason, which Fluentd knows."""
    text = span.expression(reference, whose) + span.reason(reference, whose)
    fields = set(re.findall(r'record\["(\w+)"\]', text))
    assert set() == fields - WRITTEN[whose] - {"pod", "reason"}
    assert {"trace_id", "status", "method", "path"} <= fields


@pytest.mark.parametrize("whose", WRITTEN)
def test_it_stands_on_one_line_and_is_no_comment(reference: Platform, whose: str) -> None:
    """In Fluentd's language a value ends with its line, and `#` begins a comment."""
    for text in (span.expression(reference, whose), span.reason(reference, whose)):
        assert "\n" not in text
        assert "#" not in text
        assert text.count("{") == text.count("}")
        assert text.count("[") == text.count("]")


@RUBY
def test_ruby_makes_a_span_of_it(reference: Platform) -> None:
    """As OTLP has it: ids, nanoseconds as text, attributes, and an error where it failed."""
    reason, held = ruby(reference, "frontend", LINE)
    found = first(held)
    assert ("sampled", "b" * 16) == (reason, found["spanId"])
    assert ("1764000000250000000", "1764000000500000000") == (
        found["startTimeUnixNano"],
        found["endTimeUnixNano"],
    )
    assert {"code": 2} == found["status"]
    assert "sampling.reason" not in str(found)
    assert {"key": "service.name", "value": {"stringValue": "frontend"}} in held["resource"][
        "attributes"
    ]


@RUBY
@pytest.mark.parametrize(
    ("whose", "line", "reason"),
    [
        ("frontend", {**LINE, "sampled": "0"}, "error"),
        ("frontend", {**LINE, "sampled": "0", "status": "200", "seconds": "1.5"}, "slow"),
        ("frontend", {**LINE, "sampled": "0", "status": "404"}, ""),
        ("gateway", PASSED, "slow"),
        ("gateway", {**PASSED, "status": 502, "duration_ms": 3}, "error"),
        ("gateway", {**PASSED, "duration_ms": 3}, ""),
        ("gateway", {**PASSED, "traceparent": PASSED["traceparent"][:-1] + "1"}, ""),
    ],
)
def test_what_failed_or_was_slow_is_kept(
    reference: Platform, whose: str, line: dict[str, Any], reason: str
) -> None:
    """Though it was not sampled; Envoy sends what was sampled itself."""
    why, held = ruby(reference, whose, line)
    assert reason == why
    if reason:
        said = {"key": "sampling.reason", "value": {"stringValue": reason}}
        assert said in first(held)["attributes"]


@RUBY
def test_the_gateways_span_is_the_one_that_it_told_others(reference: Platform) -> None:
    """Where it asked somebody; else the header holds its caller's, below which it stands."""
    asked = first(ruby(reference, "gateway", PASSED)[1])
    assert ("c" * 16, "") == (asked["spanId"], asked["parentSpanId"])
    assert ("1764000000250000000", "1764000001500000000") == (
        asked["startTimeUnixNano"],
        asked["endTimeUnixNano"],
    )
    alone = first(ruby(reference, "gateway", {**PASSED, "upstream": None})[1])
    assert "c" * 16 == alone["parentSpanId"]
    assert re.fullmatch("[0-9a-f]{16}", alone["spanId"])
    assert "c" * 16 != alone["spanId"]
