"""Prometheus' text format."""

import pytest

from groundplan_telemetry.metrics.collect import exposition
from groundplan_telemetry.metrics.collect.exposition import Description, ExpositionError, Line

TEXT = """\
# HELP reqs_total Requests, with \\ and "quotes"
# TYPE reqs_total counter
reqs_total{path="/a b}",code="200"} 12 1700000000000
reqs_total{path="c\\"d\\\\e\\nf",} +Inf
up 1e-3

# a comment
# TYPE up gauge
"""


def test_lines_are_parted_where_the_value_begins() -> None:
    """Spaces, braces and times do not confuse where a series ends."""
    assert [
        Line('reqs_total{path="/a b}",code="200"}', 12.0),
        Line('reqs_total{path="c\\"d\\\\e\\nf",}', float("inf")),
        Line("up", 0.001),
    ] == list(exposition.lines(TEXT))


def test_series_are_taken_apart() -> None:
    """Escapes are undone, and a comma at the end is borne."""
    expected = ("reqs_total", {"path": 'c"d\\e\nf'})
    assert expected == exposition.labels('reqs_total{path="c\\"d\\\\e\\nf",}')
    assert ("up", {}) == exposition.labels("up")


def test_descriptions() -> None:
    """Types and helps are known by the metric's name."""
    found = exposition.descriptions(TEXT)
    assert Description("counter", 'Requests, with \\ and "quotes"') == found["reqs_total"]
    assert Description("gauge", "") == found["up"]


@pytest.mark.parametrize("wrong", ["up", "up one", "{a='b'} x"])
def test_what_has_no_number_is_refused(wrong: str) -> None:
    """A line without a value is no sample."""
    with pytest.raises(ExpositionError, match="no number"):
        list(exposition.lines(wrong))


@pytest.mark.parametrize("wrong", ["1up", 'up{a="b" c}', "up{a=b}", ""])
def test_what_names_no_series_is_refused(wrong: str) -> None:
    """A name or labels that cannot be are told of."""
    with pytest.raises(ExpositionError, match="no series"):
        exposition.labels(wrong)


def test_what_is_written_is_read() -> None:
    """A line that is written here comes back as it was."""
    line = exposition.written("up", 0.5, path='a"b\\c\nd')
    (found,) = exposition.lines(line)
    assert 0.5 == found.value
    assert ("up", {"path": 'a"b\\c\nd'}) == exposition.labels(found.series)
    assert "up 1.0" == exposition.written("up", 1.0)
