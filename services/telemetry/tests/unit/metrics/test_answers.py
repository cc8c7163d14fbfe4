"""Results in the shapes of Prometheus' HTTP API."""

from array import array

import pytest

from groundplan_telemetry.metrics import answers
from groundplan_telemetry.metrics.promql.values import Grid, Row, Samples, Scalar


@pytest.mark.parametrize(
    ("value", "written"),
    [(1.0, "1"), (0.1, "0.1"), (1e-9, "1e-09"), (1e20, "100000000000000000000"), (-0.0, "-0"),
     (1e21, "1e+21"), (0.00001, "0.00001"), (float("nan"), "NaN"), (float("inf"), "+Inf"),
     (float("-inf"), "-Inf"), (1.5e15, "1500000000000000")],
)  # fmt: skip
def test_numbers_are_written_as_prometheus_does(value: float, written: str) -> None:
    """Numbers are short, and have an exponent only far from one."""
    assert written == answers.number(value)


def test_a_moment_has_a_vector_a_scalar_or_a_text() -> None:
    """At a moment a result says its kind, its time in seconds and its value."""
    row, gone = Row((("a", "b"),), [2.0]), Row((), [None])
    found = {"metric": {"a": "b"}, "value": [1.5, "2"]}
    assert {"resultType": "vector", "result": [found]} == answers.instant([row, gone], 1500)
    assert {"resultType": "scalar", "result": [1, "3"]} == answers.instant(Scalar([3.0]), 1000)
    assert {"resultType": "string", "result": [1, "x"]} == answers.instant("x", 1000)


def test_over_time_moments_without_a_value_are_left_out() -> None:
    """Over a time series are sorted, and have points only where they have values."""
    rows = [Row((("a", "2"),), [1.0, None]), Row((("a", "1"),), [None, 2.0]), Row((), [None] * 2)]
    found = answers.over_time(rows, Grid(1000, 500, 2))
    points = [(each["metric"], each["values"]) for each in found["result"]]
    assert [({"a": "1"}, [[1.5, "2"]]), ({"a": "2"}, [[1, "1"]])] == points
    assert 2 == len(answers.over_time(Scalar([1.0, 2.0]), Grid(0, 1, 2))["result"][0]["values"])


def test_samples_and_series_are_sorted() -> None:
    """The samples of a range, and label sets, come in the order of their labels."""
    one = Samples((("b", "1"),), array("q", [1000]), array("d", [1.0]))
    two = Samples((("a", "1"),), array("q", [1000]), array("d", [1.0]))
    found = answers.samples([one, two])["result"]
    assert [{"a": "1"}, {"b": "1"}] == [each["metric"] for each in found]
    assert [{"a": "1"}, {"b": "1"}] == answers.series([one.labels, two.labels])
