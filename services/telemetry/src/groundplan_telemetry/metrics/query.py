"""Queries over the store: at a moment, over a time, and which series there are."""

import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

import promql_parser as ast

from groundplan_telemetry.metrics import answers, labels
from groundplan_telemetry.metrics.arrays import Whole
from groundplan_telemetry.metrics.labels import Labels, Matcher
from groundplan_telemetry.metrics.patterns import Costly
from groundplan_telemetry.metrics.promql import evaluate, selection
from groundplan_telemetry.metrics.promql.evaluate import Evaluator
from groundplan_telemetry.metrics.promql.failure import QueryError
from groundplan_telemetry.metrics.promql.values import Grid, Row, Samples, Scalar, Source, Vector

MOST_POINTS: Final = 11_000
LONGEST: Final = 30.0
"""Seconds that a query may take."""
RESOLUTION: Final = (
    "exceeded maximum resolution of 11,000 points per timeseries. "
    "Try decreasing the query resolution (?step=XX)"
)

Given = ParamSpec("Given")
Found = TypeVar("Found")


def _answered(work: Callable[Given, Found]) -> Callable[Given, Found]:
    """Make a refusal of whatever a query can bring about: nests, numbers and sizes are its own."""

    @wraps(work)
    def answer(*given: Given.args, **named: Given.kwargs) -> Found:
        try:
            return work(*given, **named)
        except RecursionError:
            raise QueryError("the query is nested too deeply") from None
        except MemoryError:
            raise QueryError("the query needs too much memory") from None
        except (Costly, OverflowError, ValueError) as error:
            raise QueryError(f"the query cannot be evaluated: {error}") from None

    return answer


@_answered
def at(source: Source, query: str, moment: int, longest: float = LONGEST) -> dict[str, Any]:
    """Return what a query says at a moment.

    Raises:
        QueryError: it cannot be answered.
    """
    expression = evaluate.parse(query)
    grid = Grid(moment, 1000, 1)
    evaluator = _evaluator(source, (moment, moment), longest)
    if _is_range(expression):
        found = evaluator.samples(expression, grid)
        begin, end = found.moments[0] - found.length + 1, found.moments[0]
        return answers.samples(_clipped(each, begin, end) for each in found.samples)
    return answers.instant(evaluator.value(expression, grid), moment)


@_answered
def vector(source: Source, query: str, moment: int, longest: float = LONGEST) -> Vector:
    """Return a query's rows at a moment, for rules; a number is a row without labels.

    Raises:
        QueryError: it cannot be answered, or says neither.
    """
    evaluator = _evaluator(source, (moment, moment), longest)
    value = evaluator.value(evaluate.parse(query), Grid(moment, 1000, 1))
    if isinstance(value, Scalar):
        return [Row((), list(value.values))]
    if isinstance(value, str):
        raise QueryError("rule result is not a vector or scalar")
    return [row for row in value if row.values[0] is not None]


@_answered
def over(
    source: Source, query: str, start: int, end: int, step: int, longest: float = LONGEST
) -> dict[str, Any]:
    """Return what a query says from `start` to `end`, all `step` milliseconds.

    Raises:
        QueryError: it cannot be answered.
    """
    grid = Grid(start, step, (end - start) // step + 1)
    if grid.count > MOST_POINTS:
        raise QueryError(RESOLUTION, "bad_data")
    expression = evaluate.parse(query)
    if _is_range(expression) or isinstance(expression, ast.StringLiteral):
        kind = "string" if isinstance(expression, ast.StringLiteral) else "range vector"
        message = (
            f'invalid expression type "{kind}" for range query, must be Scalar or instant Vector'
        )
        raise QueryError(f'invalid parameter "query": {message}', "bad_data")
    value = _evaluator(source, (start, end), longest).value(expression, grid)
    assert not isinstance(value, str)
    return answers.over_time(value, grid)


@_answered
def matchers(written: str) -> Sequence[Matcher]:
    """Return the conditions of a selector that stands alone.

    Raises:
        QueryError: it is none.
    """
    try:
        found = evaluate.parse(written)
    except QueryError as error:
        text = str(error).replace('"query"', '"match[]"', 1)
        raise QueryError(text, "bad_data") from None
    if not isinstance(found, ast.VectorSelector):
        raise QueryError('invalid parameter "match[]": must be a selector', "bad_data")
    return selection.matchers(found)


@_answered
def with_samples(
    source: Source,
    chosen: Sequence[Sequence[Matcher]],
    start: int,
    end: int,
    longest: float = LONGEST,
) -> set[Labels]:
    """Return the label sets that have samples in a time and fit one of the selectors.

    Raises:
        QueryError: it takes too long.
    """
    until = time.monotonic() + longest
    found: set[Labels] = set()
    for one in chosen or [[Matcher(labels.NAME, "!=", "")]]:
        if time.monotonic() > until:
            raise QueryError("query timed out", "timeout")
        found |= {each for some in source.tables(one, start, end) for each in some.labels}
    return found


def _evaluator(source: Source, bounds: tuple[int, int], longest: float) -> Evaluator:
    until = time.monotonic() + longest
    return Evaluator(source, bounds, lambda: time.monotonic() > until)


def _is_range(expression: Any) -> bool:
    while isinstance(expression, ast.ParenExpr):
        expression = expression.expr
    return isinstance(expression, ast.MatrixSelector | ast.SubqueryExpr)


def _clipped(found: Samples, begin: int, end: int) -> Samples:
    low, high = bisect_left(found.times, begin), bisect_right(found.times, end)
    times: Whole = found.times[low:high]
    return Samples(found.labels, times, found.values[low:high])
