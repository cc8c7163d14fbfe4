"""Functions by the names that PromQL has for them."""

from typing import Any

import pytest

from groundplan_telemetry.metrics.promql import call
from groundplan_telemetry.metrics.promql.failure import QueryError
from groundplan_telemetry.metrics.promql.values import Grid, Row, Scalar

GRID = Grid(1500, 1000, 2)
ROW = Row((("__name__", "a"),), [1.4, 2.6])


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("time", [], Scalar([1.5, 2.5])),
        ("vector", [Scalar([1.0, 2.0])], [Row((), [1.0, 2.0])]),
        ("scalar", [[ROW]], Scalar([1.4, 2.6])),
        ("round", [[ROW]], [Row((), [1.0, 3.0])]),
        ("abs", [[ROW]], [Row((), [1.4, 2.6])]),
        ("year", [[ROW]], [Row((), [1970.0, 1970.0])]),
        ("sort_desc", [[ROW]], [ROW]),
        ("label_join", [[ROW], "b", "-", "__name__", "__name__"],
         [Row((("__name__", "a"), ("b", "a-a")), [1.4, 2.6])]),
    ],
)  # fmt: skip
def test_functions_are_found_by_name(name: str, arguments: list[Any], expected: Any) -> None:
    """A name leads to its function, with the arguments in their order."""
    assert expected == call.call(name, arguments, GRID)


def test_unknown_names_are_named() -> None:
    """A function that PromQL has and this store has not is named."""
    with pytest.raises(QueryError, match="function 'info' is not supported") as refused:
        call.call("info", [[ROW]], GRID)
    assert 422 == refused.value.status
