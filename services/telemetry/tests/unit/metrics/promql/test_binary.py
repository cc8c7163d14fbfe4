"""Binary operators."""

from typing import Any

import promql_parser
import pytest

from groundplan_telemetry.metrics.promql import binary
from groundplan_telemetry.metrics.promql.values import Row, Scalar

ROW = Row((("__name__", "a"), ("x", "1")), [2.0, None])
BARE = (("x", "1"),)


@pytest.mark.parametrize(
    ("written", "left", "right", "expected"),
    [
        ("1 + 1", Scalar([1.0]), Scalar([2.0]), Scalar([3.0])),
        ("1 > bool 1", Scalar([1.0]), Scalar([2.0]), Scalar([0.0])),
        ("a - 1", [ROW], Scalar([1.0, 1.0]), [Row(BARE, [1.0, None])]),
        ("1 - a", Scalar([1.0, 1.0]), [ROW], [Row(BARE, [-1.0, None])]),
        ("a > 1", [ROW], Scalar([1.0, 1.0]), [ROW]),
        ("a < 1", [ROW], Scalar([1.0, 1.0]), [Row(ROW.labels, [None, None])]),
        ("1 < a", Scalar([1.0, 1.0]), [ROW], [ROW]),
        ("a > bool 1", [ROW], Scalar([1.0, 1.0]), [Row(BARE, [1.0, None])]),
        ("a + a", [ROW], [ROW], [Row(BARE, [4.0, None])]),
        ("a and a", [ROW], [ROW], [ROW]),
    ],
)
def test_operators(written: str, left: Any, right: Any, expected: Any) -> None:
    """Numbers and vectors are combined in every order; comparisons keep what they compare."""
    expression = promql_parser.parse(written)
    assert isinstance(expression, promql_parser.BinaryExpr)
    assert expected == binary.binary(expression, left, right)
