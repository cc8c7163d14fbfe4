"""Functions of numbers and instant vectors; a metric's name is lost in most of them."""

import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final

from groundplan_telemetry.metrics import labels
from groundplan_telemetry.metrics.promql import arithmetic
from groundplan_telemetry.metrics.promql.arithmetic import INF, NAN
from groundplan_telemetry.metrics.promql.values import Column, Row, Scalar, Vector

Number = Callable[[float], float]


def _whole(function: Callable[[float], int]) -> Number:
    return lambda value: float(function(value)) if math.isfinite(value) else value


def _logarithm(function: Number) -> Number:
    def safe(value: float) -> float:
        if value > 0:
            return function(value)
        return -INF if value == 0 else NAN

    return safe


def _exponential(value: float) -> float:
    return arithmetic.power(math.e, value)


def _sign(value: float) -> float:
    return value if value != value or value == 0 else math.copysign(1.0, value)


def _date(part: Callable[[datetime], int]) -> Number:
    def safe(value: float) -> float:
        try:
            return float(part(datetime.fromtimestamp(value, UTC)))
        except (ValueError, OverflowError, OSError):
            return NAN

    return safe


def _days_in_month(at: datetime) -> int:
    after = at.replace(year=at.year + at.month // 12, month=at.month % 12 + 1, day=1)
    return (after - at.replace(day=1)).days


NUMBERS: Final[Mapping[str, Number]] = {
    "abs": abs,
    "ceil": _whole(math.ceil),
    "floor": _whole(math.floor),
    "exp": _exponential,
    "ln": _logarithm(math.log),
    "log2": _logarithm(math.log2),
    "log10": _logarithm(math.log10),
    "sqrt": lambda value: math.sqrt(value) if value >= 0 else NAN,
    "sgn": _sign,
}

DATES: Final[Mapping[str, Number]] = {
    "minute": _date(lambda at: at.minute),
    "hour": _date(lambda at: at.hour),
    "day_of_week": _date(lambda at: at.isoweekday() % 7),
    "day_of_month": _date(lambda at: at.day),
    "day_of_year": _date(lambda at: at.timetuple().tm_yday),
    "month": _date(lambda at: at.month),
    "year": _date(lambda at: at.year),
    "days_in_month": _date(_days_in_month),
}
"""Of seconds since 1970; without an argument, of the moment."""


def each(function: Number, vector: Vector) -> Vector:
    """Return a function of every value."""
    return [
        Row(labels.unnamed(row.labels), [None if v is None else function(v) for v in row.values])
        for row in vector
    ]


def _with(vector: Vector, numbers: Scalar, function: Callable[[float, float], float]) -> Vector:
    return [
        Row(
            labels.unnamed(row.labels),
            [
                None if value is None else function(value, number)
                for value, number in zip(row.values, numbers.values, strict=True)
            ],
        )
        for row in vector
    ]


def at_least(vector: Vector, bound: Scalar) -> Vector:
    """Return a vector whose values are no smaller than a bound."""
    return _with(vector, bound, lambda value, least: NAN if least != least else max(least, value))


def at_most(vector: Vector, bound: Scalar) -> Vector:
    """Return a vector whose values are no larger than a bound."""
    return _with(vector, bound, lambda value, most: NAN if most != most else min(most, value))


def clamped(vector: Vector, least: Scalar, most: Scalar) -> Vector:
    """Return a vector whose values lie within bounds; none where the bounds are crossed."""
    bounds = list(zip(least.values, most.values, strict=True))
    found = at_most(at_least(vector, least), most)
    return [
        Row(
            row.labels,
            [
                None if low > high else value
                for value, (low, high) in zip(row.values, bounds, strict=True)
            ],
        )
        for row in found
    ]


def rounded(vector: Vector, to: Scalar) -> Vector:
    """Return a vector rounded to multiples; what lies in the middle goes up."""
    whole = _whole(math.floor)
    return _with(
        vector,
        to,
        lambda value, step: whole(value / step + 0.5) * step if step else NAN,
    )


def ordered(vector: Vector, *, down: bool) -> Vector:
    """Return a vector in the order of its values; what is no number comes last."""

    def place(row: Row) -> tuple[bool, float]:
        value = row.values[0]
        if value is None or value != value:
            return True, 0.0
        return False, -value if down else value

    return sorted(vector, key=place)


def only_value(vector: Vector, count: int) -> Scalar:
    """Return the value of a vector that has one; no number where it has none or several."""
    found: list[float] = []
    for moment in range(count):
        present = [v for row in vector if (v := row.values[moment]) is not None]
        found.append(present[0] if len(present) == 1 else NAN)
    return Scalar(found)


def nothing(vector: Vector, count: int, shown: labels.Labels) -> Vector:
    """Return 1 while a vector is empty."""
    values: Column = [
        1.0 if all(row.values[moment] is None for row in vector) else None
        for moment in range(count)
    ]
    return [Row(shown, values)]
