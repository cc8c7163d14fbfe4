"""Functions of arguments that are evaluated already, by the names that PromQL has for them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from groundplan_telemetry.metrics.promql import functions, histogram, relabel
from groundplan_telemetry.metrics.promql.failure import unsupported
from groundplan_telemetry.metrics.promql.values import Grid, Row, Scalar, Vector

Value = Scalar | Vector | str


def call(
    name: str, arguments: list[Any], grid: Grid, check: Callable[[], None] = lambda: None
) -> Value:
    """Return a function of arguments that are evaluated.

    `check` raises what ends a query that takes too long.
    """
    if name in functions.NUMBERS:
        return functions.each(functions.NUMBERS[name], arguments[0])
    if name in functions.DATES:
        return functions.each(functions.DATES[name], arguments[0])
    always: dict[str, Callable[..., Value]] = {
        "time": lambda: Scalar([at for at in seconds(grid).values if at is not None]),
        "pi": lambda: Scalar([3.141592653589793] * grid.count),
        "vector": lambda number: [Row((), list(number.values))],
        "scalar": lambda vector: functions.only_value(vector, grid.count),
        "clamp": functions.clamped,
        "clamp_min": functions.at_least,
        "clamp_max": functions.at_most,
        "round": lambda vector, to=None: functions.rounded(
            vector, to or Scalar([1.0] * grid.count)
        ),
        "sort": lambda vector: functions.ordered(vector, down=False),
        "sort_desc": lambda vector: functions.ordered(vector, down=True),
        "histogram_quantile": histogram.quantiles,
        "label_replace": partial(relabel.replace, check=check),
        "label_join": lambda vector, to, between, *names: relabel.join(vector, to, between, names),
    }
    if name not in always:
        raise unsupported(f"function {name!r}")
    return always[name](*arguments)


def seconds(grid: Grid) -> Row:
    """Return each moment as seconds since 1970."""
    return Row((), [at / 1000 for at in grid.times])
