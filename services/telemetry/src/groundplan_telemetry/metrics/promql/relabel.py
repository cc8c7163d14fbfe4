"""`label_replace` and `label_join`: labels made of labels."""

import re
from collections.abc import Sequence
from typing import Final

from groundplan_telemetry.metrics import labels
from groundplan_telemetry.metrics.promql.failure import QueryError
from groundplan_telemetry.metrics.promql.values import Row, Vector, merged

LABEL: Final = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
PLACE: Final = re.compile(r"\$(?:\{(\w+)\}|(\w+)|(\$))")
SAME: Final = "vector cannot contain metrics with the same labelset"


def replace(vector: Vector, to: str, template: str, source: str, pattern: str) -> Vector:
    """Return a vector with a label written by a template where another label fits a pattern.

    Raises:
        QueryError: the label's name or the pattern cannot be, or rows become the same.
    """
    _check_name(to)
    try:
        compiled = labels.pattern(pattern)
    except re.error:
        raise QueryError(f"invalid regular expression in label_replace(): {pattern}") from None
    found: Vector = []
    for row in vector:
        fits = compiled.fullmatch(labels.value(row.labels, source))
        if fits is None:
            found.append(row)
        else:
            found.append(_labelled(row, to, _filled(template, fits)))
    return _distinct(found)


def join(vector: Vector, to: str, separator: str, sources: Sequence[str]) -> Vector:
    """Return a vector with a label that joins the values of others.

    Raises:
        QueryError: the label's name cannot be, or rows become the same.
    """
    _check_name(to)
    return _distinct(
        [
            _labelled(row, to, separator.join(labels.value(row.labels, each) for each in sources))
            for row in vector
        ]
    )


def _check_name(name: str) -> None:
    if LABEL.fullmatch(name) is None:
        raise QueryError(f"invalid destination label name in label_replace(): {name}")


def _filled(template: str, fits: re.Match[str]) -> str:
    def value(place: re.Match[str]) -> str:
        if place[3]:
            return "$"
        name = place[1] or place[2]
        key = int(name) if name.isdecimal() else name
        try:
            return fits[key] or ""
        except IndexError:
            return ""

    return PLACE.sub(value, template)


def _labelled(row: Row, name: str, value: str) -> Row:
    return Row(labels.of({**dict(row.labels), name: value}), row.values)


def _distinct(vector: Vector) -> Vector:
    try:
        return merged(vector, SAME)
    except ValueError as error:
        raise QueryError(str(error)) from None
