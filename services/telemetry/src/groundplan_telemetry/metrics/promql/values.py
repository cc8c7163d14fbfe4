"""What expressions are made of while they are evaluated: moments, columns and samples.

An expression is evaluated for all moments at once. A vector is a list of rows; a row has one
value for each moment, None where the series has none then. Times are milliseconds since 1970.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from groundplan_telemetry.metrics.arrays import Real, Whole
from groundplan_telemetry.metrics.labels import Labels, Matcher

if TYPE_CHECKING:
    from groundplan_telemetry.metrics.promql.table import Table

Column = list[float | None]

STALE: Final = struct.unpack("<d", struct.pack("<Q", 0x7FF8000000000002))[0]
"""The value that ends a series: a NaN of its own, quiet, so that copies keep its bits."""
_STALE_BITS: Final = struct.pack("<d", STALE)


def is_stale(value: float) -> bool:
    """Return whether a value says that its series has ended."""
    return value != value and struct.pack("<d", value) == _STALE_BITS


@dataclass(frozen=True, slots=True)
class Samples:
    """The samples of a series, oldest first."""

    labels: Labels
    times: Whole
    values: Real


@dataclass(frozen=True, slots=True)
class Row:
    """A series' values at the moments of a grid."""

    labels: Labels
    values: Column


Vector = list[Row]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A number for each moment."""

    values: list[float]


@dataclass(frozen=True, slots=True)
class Grid:
    """The moments that a query is evaluated at, `step` apart."""

    start: int
    step: int
    count: int

    @property
    def times(self) -> Sequence[int]:
        """The moments."""
        return range(self.start, self.start + self.step * self.count, self.step)


class Source(Protocol):
    """Where samples come from."""

    def select(self, matchers: Sequence[Matcher], start: int, end: int) -> list[Samples]:
        """Return the samples of the series that fit, from `start` to `end`, both included."""

    def tables(self, matchers: Sequence[Matcher], start: int, end: int) -> "list[Table]":
        """Return the same in tables, without marks of an end."""


def merged(rows: Iterable[Row], collision: str) -> Vector:
    """Return one row for each label set.

    Raises:
        ValueError: two of the same label set have a value at the same moment; says `collision`.
    """
    found: dict[Labels, Row] = {}
    for row in rows:
        known = found.setdefault(row.labels, row)
        if known is not row:
            found[row.labels] = Row(row.labels, _joined(known.values, row.values, collision))
    return list(found.values())


def _joined(left: Column, right: Column, collision: str) -> Column:
    if any(a is not None and b is not None for a, b in zip(left, right, strict=True)):
        raise ValueError(collision)
    return [b if a is None else a for a, b in zip(left, right, strict=True)]
