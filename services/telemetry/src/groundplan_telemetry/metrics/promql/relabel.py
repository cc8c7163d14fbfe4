"""`label_replace` and `label_join`: labels made of labels."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from groundplan_telemetry.metrics import labels, patterns
from groundplan_telemetry.metrics.patterns import Costly, Pattern
from groundplan_telemetry.metrics.promql.failure import QueryError
from groundplan_telemetry.metrics.promql.selection import SHOWN
from groundplan_telemetry.metrics.promql.values import Row, Vector, merged

LABEL: Final = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
PLACE: Final = re.compile(r"\$(?:\{(\w+)\}|(\w+)|(\$))")
LONGEST: Final = 4096
"""Characters of a label's value, and of a template."""
SAME: Final = "vector cannot contain metrics with the same labelset"


def replace(
    vector: Vector,
    to: str,
    template: str,
    source: str,
    pattern: str,
    check: Callable[[], None] = lambda: None,
) -> Vector:
    """Return a vector with a label written by a template where another label fits a pattern.

    `check` raises what ends a query that takes too long.

    Raises:
        QueryError: the label's name or the pattern cannot be, the label becomes too long, or
            rows become the same.
    """
    _check_name(to)
    _check_length(len(template))
    compiled = _compiled(pattern)
    found: Vector = []
    for row in vector:
        check()
        fits = _fits(compiled, labels.value(row.labels, source))
        if fits is None:
            found.append(row)
        else:
            found.append(_labelled(row, to, _filled(template, fits)))
    return _distinct(found)


def join(vector: Vector, to: str, separator: str, sources: Sequence[str]) -> Vector:
    """Return a vector with a label that joins the values of others.

    Raises:
        QueryError: the label's name cannot be, it becomes too long, or rows become the same.
    """
    _check_name(to)
    for row in vector:
        parts = sum(len(labels.value(row.labels, each)) for each in sources)
        _check_length(parts + len(separator) * (len(sources) - 1))
    return _distinct(
        [
            _labelled(row, to, separator.join(labels.value(row.labels, each) for each in sources))
            for row in vector
        ]
    )


def _check_name(name: str) -> None:
    if LABEL.fullmatch(name) is None:
        raise QueryError(f"invalid destination label name in label_replace(): {name}")


def _check_length(length: int) -> None:
    if length > LONGEST:
        raise QueryError(f"the value of a label has {LONGEST} characters at the most")


def _compiled(written: str) -> Pattern:
    try:
        return patterns.pattern(written)
    except re.error as error:
        shown = f"invalid regular expression in label_replace(): {written[:SHOWN]}: {error}"
        raise QueryError(shown) from None


def _fits(compiled: Pattern, value: str) -> re.Match[str] | None:
    try:
        return compiled.fullmatch(value)
    except Costly as error:
        raise QueryError(f"label_replace(): {error}") from None


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
    _check_length(len(value))
    return Row(labels.of({**dict(row.labels), name: value}), row.values)


def _distinct(vector: Vector) -> Vector:
    try:
        return merged(vector, SAME)
    except ValueError as error:
        raise QueryError(str(error)) from None
