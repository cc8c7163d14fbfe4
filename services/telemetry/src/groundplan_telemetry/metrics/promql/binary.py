"""Binary operators: arithmetic, comparisons and sets, between numbers and vectors."""

from collections.abc import Callable
from typing import Any

from promql_parser import BinaryExpr, LabelModifierType, VectorMatchCardinality

from groundplan_telemetry.metrics import labels
from groundplan_telemetry.metrics.promql import matching
from groundplan_telemetry.metrics.promql.arithmetic import ARITHMETIC, COMPARISONS
from groundplan_telemetry.metrics.promql.failure import unsupported
from groundplan_telemetry.metrics.promql.matching import Matching, Pair
from groundplan_telemetry.metrics.promql.values import Row, Scalar, Vector

SETS = {"and": matching.intersection, "or": matching.union, "unless": matching.exclusion}

SIDES = (
    (VectorMatchCardinality.ManyToOne, "left"),
    (VectorMatchCardinality.OneToMany, "right"),
)


def binary(expression: BinaryExpr, left: Any, right: Any) -> Scalar | Vector:
    """Return what an operator makes of both its sides, which have been evaluated.

    Raises:
        QueryError: rows do not match uniquely, or the operator is not supported.
    """
    name, modifier = str(expression.op), expression.modifier
    if name in SETS:
        return SETS[name](left, right, _matching(modifier))
    is_bool = bool(modifier and modifier.return_bool)
    if isinstance(left, Scalar) and isinstance(right, Scalar):
        pairs = zip(left.values, right.values, strict=True)
        return Scalar([float(_number(name)(a, b)) for a, b in pairs])
    drops = name in ARITHMETIC or is_bool
    if isinstance(left, Scalar):
        return _with_scalar(right, left, _kept(name, is_bool, keep_right=True, turn=True), drops)
    if isinstance(right, Scalar):
        return _with_scalar(left, right, _kept(name, is_bool), drops)
    return matching.combine(left, right, _matching(modifier), _kept(name, is_bool), drops)


def _number(name: str) -> Callable[[float, float], float]:
    found = ARITHMETIC.get(name) or COMPARISONS.get(name)
    if found is None:
        raise unsupported(f"operator {name!r}")
    return found


def _kept(name: str, is_bool: bool, *, keep_right: bool = False, turn: bool = False) -> Pair:
    function = _number(name)
    if name in ARITHMETIC or is_bool:
        made: Pair = lambda a, b: float(function(a, b))  # noqa: E731 - a table of small ones
    elif keep_right:
        made = lambda a, b: b if function(a, b) else None  # noqa: E731
    else:
        made = lambda a, b: a if function(a, b) else None  # noqa: E731
    return (lambda a, b: made(b, a)) if turn else made


def _with_scalar(vector: Vector, scalar: Scalar, pair: Pair, drops: bool) -> Vector:
    return [
        Row(
            labels.unnamed(row.labels) if drops else row.labels,
            [
                None if value is None else pair(value, number)
                for value, number in zip(row.values, scalar.values, strict=True)
            ],
        )
        for row in vector
    ]


def _matching(modifier: Any) -> Matching:
    if modifier is None:
        return Matching()
    filled = modifier.fill_values
    if filled is not None and (filled.lhs, filled.rhs) != (None, None):
        raise unsupported("a fill of missing matches")
    wanted = modifier.matching
    return Matching(
        names=tuple(wanted.labels) if wanted else (),
        on=bool(wanted and wanted.type == LabelModifierType.Include),
        many=next((side for each, side in SIDES if each == modifier.card), ""),
        carried=tuple(modifier.group_labels or ()),
    )
