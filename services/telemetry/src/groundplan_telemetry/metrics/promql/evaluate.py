"""The evaluator: an expression that promql-parser has read, at every moment of a grid.

Takes a source of samples; hands on numbers, vectors, texts, or the samples of a range. It
checks nothing that the parser has checked already: types and numbers of arguments.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
    rises,
    selection,
    table,
    window,
)
from groundplan_telemetry.metrics.promql.call import Value
from groundplan_telemetry.metrics.promql.failure import QueryError, unsupported
from groundplan_telemetry.metrics.promql.table import Table
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
"""Samples that one query may read, and values that it may make of them."""
MOST_POINTS: Final = 1_000_000
"""Moments of all subqueries of one query."""
LONGEST: Final = 4096
QUOTED: Final = re.compile(r"""#[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`""", re.DOTALL)
"""Comments and texts, within which nothing nests."""


@lru_cache(maxsize=512)
def parse(query: str) -> ast.Expr:
    """Return a query, read.

    Raises:
        QueryError: it is no PromQL.
    """
    # Whoever nests deeply enough makes the parser run out of stack, and the process end.
    if len(QUOTED.sub('""', query)) > LONGEST:
        raise QueryError(f"a query has {LONGEST} characters outside of quotes at the most")
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


@dataclass(frozen=True, slots=True)
class Tabled:
    """The same as tables, for functions of many series at once."""

    tables: list[Table]
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
        self._points = 0
        self._known: dict[tuple[str, Grid], Vector] = {}

    def value(self, expression: Any, grid: Grid) -> Value:
        """Return what an expression says at each moment.

        Raises:
            QueryError: it cannot be evaluated, reads too much, or takes too long.
        """
        self._check()
        if not isinstance(expression, ast.AggregateExpr):
            return self._fresh(expression, grid)
        # Quantiles of one histogram ask for the same sums again and again.
        key = (str(expression), grid)
        if key not in self._known:
            self._known[key] = _vector(self._fresh(expression, grid))
        return self._known[key]

    def _check(self) -> None:
        if self._is_over():
            raise QueryError("query timed out in expression evaluation", "timeout")

    def _fresh(self, expression: Any, grid: Grid) -> Value:
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

    def _tables(self, expression: Any, grid: Grid) -> Tabled:
        while isinstance(expression, ast.ParenExpr):
            expression = expression.expr
        if isinstance(expression, ast.SubqueryExpr):
            found = self._subquery(expression, grid)
            return Tabled(table.of(found.samples), found.moments, found.length)
        selector = expression.vector_selector
        length = selection.milliseconds(expression.range)
        moments = self._moments(selector, grid)
        wanted = (selection.matchers(selector), moments[0] - length + 1, moments[-1])
        tables = self._source.tables(*wanted)
        # Of a window its first and its last sample are read.
        self._count(sum(2 * grid.count * len(each.labels) for each in tables))
        return Tabled(tables, moments, length)

    def _moments(self, selector: Any, grid: Grid) -> Sequence[int]:
        return selection.moments(selector.at, selector.offset, grid, self._bounds)

    def _select(self, selector: Any, start: int, end: int) -> list[Samples]:
        found = self._source.select(selection.matchers(selector), start, end)
        self._count(sum(len(samples.times) for samples in found))
        return found

    def _count(self, samples: int) -> None:
        self._read += samples
        if self._read > MOST_SAMPLES:
            raise QueryError(
                "query processing would load too many samples into memory in query execution"
            )

    def _instants(self, selector: Any, grid: Grid, *, stamps: bool = False) -> Vector:
        moments = self._moments(selector, grid)
        found = self._select(selector, moments[0] - selection.LOOKBACK + 1, moments[-1])
        self._count(len(found) * grid.count)
        rows: Vector = []
        for samples in found:
            self._check()
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
        self._points += inner.count
        if self._points > MOST_POINTS:
            raise QueryError(f"the subqueries of a query have {MOST_POINTS} points at the most")
        found = self.value(expression.expr, inner)
        rows = [Row((), list(found.values))] if isinstance(found, Scalar) else _vector(found)
        samples = [selection.as_samples(row, inner.times) for row in rows]
        return Range([each for each in samples if each.times], moments, length)

    def _aggregated(self, expression: ast.AggregateExpr, grid: Grid) -> Vector:
        name, key = str(expression.op), _key(expression.modifier)
        vector = _vector(self.value(expression.expr, grid))
        if name in aggregation.FOLDS:
            return aggregation.fold(name, vector, key, self._check)
        parameter = self.value(expression.param, grid)
        if name == "count_values":
            return aggregation.count_values(str(parameter), vector, key, self._check)
        number = _scalar(parameter)
        if name == "quantile":
            return aggregation.quantile(number, vector, key, self._check)
        if name in ("topk", "bottomk"):
            return aggregation.first(number, vector, key, self._check, largest=name == "topk")
        raise unsupported(f"aggregation {name!r}")

    def _called(self, called: ast.Call, grid: Grid) -> Value:
        name = called.func.name
        if name in rises.NAMES or name in window.FUNCTIONS or name in PARAMETERS:
            return self._over_time(name, called.args, grid)
        if name == "absent_over_time":
            found = self.samples(called.args[0], grid)
            vector = self._windows(found, window.FUNCTIONS["present_over_time"])
            return functions.nothing(vector, grid.count, _assumed(called.args[0]))
        if name == "absent":
            vector = _vector(self.value(called.args[0], grid))
            return functions.nothing(vector, grid.count, _assumed(called.args[0]))
        if name == "timestamp":
            return self._timestamps(called.args[0], grid)
        if name in functions.DATES and not called.args:
            return functions.each(functions.DATES[name], [call.seconds(grid)])
        arguments = [self.value(each, grid) for each in called.args]
        return call.call(name, arguments, grid, self._check)

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
            found = self.samples(arguments[1 - place], grid)
            return self._windows(found, make(numbers[0]))
        if name in rises.NAMES:
            return self._rises(name, arguments[0], grid)
        found = self.samples(arguments[0], grid)
        return self._windows(found, window.FUNCTIONS[name], keeps_name=name == "last_over_time")

    def _rises(self, name: str, argument: Any, grid: Grid) -> Vector:
        found = self._tables(argument, grid)
        rows = (
            row
            for each in found.tables
            for row in rises.over(name, each, found.moments, found.length, self._check)
        )
        return _present([*rows])

    def _windows(
        self, found: Range, function: window.Function, *, keeps_name: bool = False
    ) -> Vector:
        self._count(len(found.samples) * len(found.moments))
        rows: Vector = []
        for samples in found.samples:
            name = samples.labels if keeps_name else labels.unnamed(samples.labels)
            given = (samples.times, samples.values, found.moments, found.length, function)
            rows.append(Row(name, window.over(*given, self._check)))
        return _present(rows)


PARAMETERS: Final[dict[str, tuple[Callable[[float], window.Function], int]]] = {
    "quantile_over_time": (
        lambda share: lambda found: arithmetic.quantile(share, found.inside),
        0,
    ),
    "predict_linear": (window.predicted, 1),
}
"""How a number makes the function, and which argument the number is."""


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
