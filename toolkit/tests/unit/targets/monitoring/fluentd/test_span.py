"""The span of a line of the edge, as Fluentd's Ruby makes it."""

import json
import re
import shutil
import subprocess

import pytest

from groundplan.model.platform import Platform
from groundplan.targets.frontend import log
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
    "pod": "frontend-1",
}


def test_it_reads_what_the_edge_writes(reference: Platform) -> None:
    """Each field is in the access log, but the pod's name, which Fluentd knows."""
    fields = set(re.findall(r'record\["(\w+)"\]', span.expression(reference, "frontend")))
    assert set() == fields - set(log.FIELDS) - {"pod"}
    assert {"trace_id", "span_id", "parent_id", "end", "seconds"} <= fields


def test_it_stands_on_one_line_and_is_no_comment(reference: Platform) -> None:
    """In Fluentd's language a value ends with its line, and `#` begins a comment."""
    text = span.expression(reference, "frontend")
    assert "\n" not in text
    assert "#" not in text
    assert text.count("{") == text.count("}")
    assert text.count("[") == text.count("]")


@pytest.mark.skipif(shutil.which("ruby") is None, reason="needs ruby, as Fluentd does")
def test_ruby_makes_a_span_of_it(reference: Platform) -> None:
    """As OTLP has it: ids, nanoseconds as text, attributes, and an error where it failed."""
    program = (
        f"require 'json'; record = JSON.parse(STDIN.read); "
        f"puts JSON.generate({span.expression(reference, 'frontend')})"
    )
    done = subprocess.run(
        ["ruby", "-e", program],
        input=json.dumps(LINE),
        capture_output=True,
        text=True,
        check=True,
    )
    (held,) = json.loads(done.stdout)
    (found,) = held["scopeSpans"][0]["spans"]
    assert ("1764000000250000000", "1764000000500000000") == (
        found["startTimeUnixNano"],
        found["endTimeUnixNano"],
    )
    assert {"code": 2} == found["status"]
    assert {"key": "service.name", "value": {"stringValue": "frontend"}} in held["resource"][
        "attributes"
    ]
