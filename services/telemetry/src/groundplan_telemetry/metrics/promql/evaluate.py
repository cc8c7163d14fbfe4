"""The evaluator: an expression that promql-parser has read, at every moment of a grid.

Takes a source of samples; hands on numbers, vectors, texts, or the samples of a range. It
checks nothing that the parser has checked already: types and numbers of arguments.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import promql_parser as ast

from groundplan_telemetry.metrics import labels
from groundplan_telemetry.metrics.promql import (
    aggregation,
    arithmetic,
    binary,
    call,
    functions,
    relabel,
    selection,
    window,
)
from groundplan_telemetry.metrics.promql.call import Value
from groundplan_telemetry.metrics.promql.failure import QueryError, unsupported
from groundplan_telemetry.metrics.promql.values import (
    Grid,
    Row,
    Samples,
    Scalar,
    Source,
    Vector,
    merged,
)

SUBQUERY_STEP: Final = 60_000
MOST_SAMPLES: Final = 20_000_000
"""Samples that one query may read."""


def parse(query: str) -> ast.Expr:
    """Return a query, read.

    Raises:
        QueryError: it is no PromQL.
    """
    try:
        return ast.parse(query)
    except ValueError as error:
        raise QueryError(f'invalid parameter "query": {error}', "bad_data") from None


@dataclass(frozen=True, slots=True)
class Range:
    """Samples of a range selector or subquery, and the windows over them."""

    samples: list[Samples]
    moments: Sequence[int]
    length: int


class Evaluator:
    """Evaluates one query; counts the samples that it reads."""

    def __init__(
        self,
        source: Source,
        bounds: tuple[int, int],
        is_over: Callable[[], bool] = lambda: False,
    ) -> None:
        """Take what a query is evaluated with.

        Args:
            source: the samples.
            bounds: what `@ start()` and `@ end()` mean.
            is_over: says whether the query has taken too long.
        """
        self._source = source
        self._bounds = bounds
        self._is_over = is_over
        self._read = 0

    def value(self, expression: Any, grid: Grid) -> Value:
        """Return what an expression says at each moment.

        Raises:
            QueryError: it cannot be evaluated, reads too much, or takes too long.
        """
        if self._is_over():
            raise QueryError("query timed out in expression evaluation", "timeout")
        match expression:
            case ast.NumberLiteral():
                return Scalar([expression.val] * grid.count)
            case ast.StringLiteral():
                return str(expression.val)
            case ast.ParenExpr():
                return self.value(expression.expr, grid)
            case ast.UnaryExpr():
                return _negated(self.value(expression.expr, grid))
            case ast.VectorSelector():
                return self._instants(expression, grid)
            case ast.AggregateExpr():
                return self._aggregated(expression, grid)
            case ast.BinaryExpr():
                left = self.value(expression.lhs, grid)
                right = self.value(expression.rhs, grid)
                return _living(binary.binary(expression, left, right))
            case ast.Call():
                return _living(self._called(expression, grid))
        raise unsupported(type(expression).__name__)

    def samples(self, expression: Any, grid: Grid) -> Range:
        """Return the samples of a range selector or subquery, around the moments of a grid."""
        while isinstance(expression, ast.ParenExpr):
            expression = expression.expr
        if isinstance(expression, ast.SubqueryExpr):
            return self._subquery(expression, grid)
        selector = expression.vector_selector
        length = selection.milliseconds(expression.range)
        moments = self._moments(selector, grid)
        found = self._select(selector, moments[0] - length + 1, moments[-1])
        kept = (Samples(s.labels, *window.living(s.times, s.values)) for s in found)
        return Range([samples for samples in kept if samples.times], moments, length)

    def _moments(self, selector: Any, grid: Grid) -> Sequence[int]:
        return selection.moments(selector.at, selector.offset, grid, self._bounds)

    def _select(self, selector: Any, start: int, end: int) -> list[Samples]:
        found = self._source.select(selection.matchers(selector), start, end)
        self._read += sum(len(samples.times) for samples in found)
        if self._read > MOST_SAMPLES:
            raise QueryError(
                "query processing would load too many samples into memory in query execution"
            )
        return found

    def _instants(self, selector: Any, grid: Grid, *, stamps: bool = False) -> Vector:
        moments = self._moments(selector, grid)
        found = self._select(selector, moments[0] - selection.LOOKBACK + 1, moments[-1])
        rows: Vector = []
        for samples in found:
            latest = selection.latest(samples, moments)
            if stamps:
                seconds = [None if at is None else at / 1000 for at in latest.times]
                rows.append(Row(samples.labels, seconds))
            else:
                rows.append(Row(samples.labels, latest.values))
        return _present(rows)

    def _subquery(self, expression: ast.SubqueryExpr, grid: Grid) -> Range:
        length = selection.milliseconds(expression.range)
        step = selection.milliseconds(expression.step) or SUBQUERY_STEP
        moments = self._moments(expression, grid)
        first = ((moments[0] - length) // step + 1) * step
        inner = Grid(first, step, max(0, (moments[-1] - first) // step + 1))
        if not inner.count:
            return Range([], moments, length)
        found = self.value(expression.expr, inner)
        rows = [Row((), list(found.values))] if isinstance(found, Scalar) else _vector(found)
        samples = [selection.as_samples(row, inner.times) for row in rows]
        return Range([each for each in samples if each.times], moments, length)

    def _aggregated(self, expression: ast.AggregateExpr, grid: Grid) -> Vector:
        name, key = str(expression.op), _key(expression.modifier)
        vector = _vector(self.value(expression.expr, grid))
        if name in aggregation.FOLDS:
            return aggregation.fold(name, vector, key)
        parameter = self.value(expression.param, grid)
        if name == "count_values":
            return aggregation.count_values(str(parameter), vector, key)
        number = _scalar(parameter)
        if name == "quantile":
            return aggregation.quantile(number, vector, key)
        if name in ("topk", "bottomk"):
            return aggregation.first(number, vector, key, largest=name == "topk")
        raise unsupported(f"aggregation {name!r}")

    def _called(self, called: ast.Call, grid: Grid) -> Value:
        name = called.func.name
        if name in window.COUNTERS or name in window.FUNCTIONS or name in PARAMETERS:
            return self._over_time(name, called.args, grid)
        if name == "absent_over_time":
            found = self.samples(called.args[0], grid)
            vector = _windows(found, window.FUNCTIONS["present_over_time"])
            return functions.nothing(vector, grid.count, _assumed(called.args[0]))
        if name == "absent":
            vector = _vector(self.value(called.args[0], grid))
            return functions.nothing(vector, grid.count, _assumed(called.args[0]))
        if name == "timestamp":
            return self._timestamps(called.args[0], grid)
        if name in functions.DATES and not called.args:
            return functions.each(functions.DATES[name], [call.seconds(grid)])
        arguments = [self.value(each, grid) for each in called.args]
        return call.call(name, arguments, grid)

    def _timestamps(self, argument: Any, grid: Grid) -> Vector:
        if isinstance(argument, ast.VectorSelector):
            found = self._instants(argument, grid, stamps=True)
            return [Row(labels.unnamed(row.labels), row.values) for row in found]
        seconds = call.seconds(grid).values
        return [
            Row(
                labels.unnamed(row.labels),
                [None if v is None else at for v, at in zip(row.values, seconds, strict=True)],
            )
            for row in _vector(self.value(argument, grid))
        ]

    def _over_time(self, name: str, arguments: list[Any], grid: Grid) -> Vector:
        if name in PARAMETERS:
            make, place = PARAMETERS[name]
            numbers = _scalar(self.value(arguments[place], grid)).values
            if len({repr(number) for number in numbers}) > 1:
                raise unsupported(f"a changing parameter of {name}()")
            return _windows(self.samples(arguments[1 - place], grid), make(numbers[0]))
        found = self.samples(arguments[0], grid)
        if name in window.COUNTERS:
            return _windows(found, window.COUNTERS[name], are_counters=True)
        return _windows(found, window.FUNCTIONS[name], keeps_name=name == "last_over_time")


PARAMETERS: Final[dict[str, tuple[Callable[[float], window.Function], int]]] = {
    "quantile_over_time": (
        lambda share: lambda found: arithmetic.quantile(share, found.inside),
        0,
    ),
    "predict_linear": (window.predicted, 1),
}
"""How a number makes the function, and which argument the number is."""


def _windows(
    found: Range,
    function: window.Function,
    *,
    keeps_name: bool = False,
    are_counters: bool = False,
) -> Vector:
    rows: Vector = []
    for samples in found.samples:
        raw = samples.values
        values = window.unbroken(raw) if are_counters else raw
        name = samples.labels if keeps_name else labels.unnamed(samples.labels)
        given = (samples.times, values, raw, found.moments, found.length, function)
        rows.append(Row(name, window.over(*given)))
    return _present(rows)


def _present(rows: Vector) -> Vector:
    return [row for row in rows if any(value is not None for value in row.values)]


def _living(value: Value) -> Value:
    if not isinstance(value, list):
        return value
    try:
        return merged(_present(value), relabel.SAME)
    except ValueError as error:
        raise QueryError(str(error)) from None


def _negated(value: Value) -> Value:
    if isinstance(value, Scalar):
        return Scalar([-number for number in value.values])
    return _living(functions.each(lambda number: -number, _vector(value)))


def _key(modifier: Any) -> aggregation.Key:
    if modifier is None:
        return aggregation.by(())
    is_by = modifier.type == ast.AggModifierType.By
    return (aggregation.by if is_by else aggregation.without)(modifier.labels)


def _assumed(argument: Any) -> labels.Labels:
    selector = getattr(argument, "vector_selector", argument)
    return selection.assumed(selector) if isinstance(selector, ast.VectorSelector) else ()


def _vector(value: Value) -> Vector:
    assert isinstance(value, list)
    return value


def _scalar(value: Value) -> Scalar:
    assert isinstance(value, Scalar)
    return value
