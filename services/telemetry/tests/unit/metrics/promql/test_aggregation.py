"""Aggregations."""

import math

import pytest

from groundplan_telemetry.metrics import labels
from groundplan_telemetry.metrics.promql import aggregation
from groundplan_telemetry.metrics.promql.failure import QueryError
from groundplan_telemetry.metrics.promql.values import Row, Scalar


def _row(code: str, *values: float | None) -> Row:
    return Row(labels.of({"__name__": "x", "job": "api", "code": code}), list(values))


ROWS = [_row("200", 5.0, 1.0), _row("500", 3.0, None), _row("503", math.nan, 4.0)]
JOB = (("job", "api"),)


def test_groups_are_folded() -> None:
    """Rows of a group become one; a moment without values has none."""
    assert [Row(JOB, [8.0, 1.0])] == aggregation.fold("sum", ROWS[:2], aggregation.by(["job"]))
    found = aggregation.fold("count", ROWS, aggregation.without(["job"]))
    assert [[1.0, 1.0], [1.0, None], [1.0, 1.0]] == [row.values for row in found]
    assert [Row((), [5.0, 4.0])] == aggregation.fold("max", ROWS, aggregation.by([]))


def test_the_first_few_are_chosen_at_each_moment() -> None:
    """The largest or smallest keep their labels; what is no number is chosen last."""
    found = aggregation.first(Scalar([2.0, 1.0]), ROWS, aggregation.by([]), largest=True)
    chosen = {labels.value(row.labels, "code"): row.values for row in found}
    assert {"200": [5.0, None], "500": [3.0, None], "503": [None, 4.0]} == chosen
    one = aggregation.first(Scalar([1.0, 0.0]), ROWS, aggregation.by([]), largest=False)
    assert [ROWS[1].labels] == [row.labels for row in one]


def test_quantiles_and_counts_of_values() -> None:
    """A quantile may differ from moment to moment; counted values become labels."""
    shares = Scalar([0.5, 1.0])
    assert [Row((), [4.0, 1.0])] == aggregation.quantile(shares, ROWS[:2], aggregation.by([]))
    found = aggregation.count_values("v", ROWS, aggregation.by([]))
    counted = {labels.value(row.labels, "v"): row.values for row in found}
    assert {"5": [1.0, None], "3": [1.0, None], "NaN": [1.0, None],
            "1": [None, 1.0], "4": [None, 1.0]} == counted  # fmt: skip
    assert ("+Inf", "-Inf", "0.5") == tuple(map(aggregation.shown, (math.inf, -math.inf, 0.5)))


@pytest.mark.parametrize("count", [math.nan, math.inf, -math.inf, 1e300])
def test_how_many_is_a_whole_number(count: float) -> None:
    """What 64 bits do not hold is refused, as by Prometheus."""
    row = Row((), [1.0])
    with pytest.raises(QueryError, match="overflows int64"):
        aggregation.first(Scalar([count]), [row], aggregation.by(()), largest=True)
