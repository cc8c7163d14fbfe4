"""Results of queries in the shapes of Prometheus' HTTP API."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from groundplan_telemetry.metrics.labels import Labels
from groundplan_telemetry.metrics.promql.values import Grid, Row, Samples, Scalar, Vector


def number(value: float) -> str:
    """Return a number as Prometheus writes it."""
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "+Inf" if value > 0 else "-Inf"
    if value.is_integer() and abs(value) < 1e21:
        return str(int(value)) if value or str(value)[0] != "-" else "-0"
    shown = repr(value)
    is_far = abs(value) < 1e-6 or abs(value) >= 1e21
    return shown if "e" not in shown or is_far else format(Decimal(shown), "f")


def moment(time: int) -> float | int:
    """Return milliseconds as the seconds of an answer."""
    return time // 1000 if time % 1000 == 0 else time / 1000


def instant(value: Scalar | Vector | str, time: int) -> dict[str, Any]:
    """Return what an expression says at one moment."""
    at = moment(time)
    if isinstance(value, str):
        return {"resultType": "string", "result": [at, value]}
    if isinstance(value, Scalar):
        return {"resultType": "scalar", "result": [at, number(value.values[0])]}
    found = [
        {"metric": dict(row.labels), "value": [at, number(row.values[0])]}
        for row in value
        if row.values[0] is not None
    ]
    return {"resultType": "vector", "result": found}


def over_time(value: Scalar | Vector, grid: Grid) -> dict[str, Any]:
    """Return what an expression says at all moments of a grid, series sorted by their labels."""
    rows = [Row((), list(value.values))] if isinstance(value, Scalar) else value
    times = [moment(time) for time in grid.times]
    found = [
        {"metric": dict(row.labels), "values": points}
        for row in sorted(rows, key=lambda row: row.labels)
        if (points := _points(times, row.values))
    ]
    return {"resultType": "matrix", "result": found}


def samples(found: Iterable[Samples]) -> dict[str, Any]:
    """Return the samples of a range."""
    result = [
        {
            "metric": dict(each.labels),
            "values": _points([moment(time) for time in each.times], each.values),
        }
        for each in sorted(found, key=lambda each: each.labels)
    ]
    return {"resultType": "matrix", "result": result}


def series(found: Iterable[Labels]) -> list[dict[str, str]]:
    """Return label sets."""
    return [dict(labels) for labels in sorted(found)]


def _points(times: Sequence[float], values: Iterable[float | None]) -> list[list[Any]]:
    return [
        [time, number(value)]
        for time, value in zip(times, values, strict=True)
        if value is not None
    ]
