"""An amount that is not known exactly: the least, the expected and the most.

Used for quantities and for US dollars a month; sums add ends to ends, so they are wide.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Range:
    """Three numbers in ascending order."""

    low: float
    expected: float
    high: float

    def __add__(self, other: "Range") -> "Range":
        return Range(self.low + other.low, self.expected + other.expected, self.high + other.high)

    def __mul__(self, factor: float) -> "Range":
        """Multiply with a number of at least 0."""
        return Range(self.low * factor, self.expected * factor, self.high * factor)

    def times(self, other: "Range") -> "Range":
        """Multiply end by end; both are at least 0."""
        return Range(self.low * other.low, self.expected * other.expected, self.high * other.high)

    def above(self, free: float) -> "Range":
        """Return what is left when so much costs nothing."""
        return Range(*(max(0.0, each - free) for each in (self.low, self.expected, self.high)))

    @property
    def is_exact(self) -> bool:
        """Say whether the three are one number."""
        return self.low == self.expected == self.high


NOTHING: Final = Range(0.0, 0.0, 0.0)


def exactly(number: float) -> Range:
    """Return a range without width."""
    return Range(number, number, number)


def total(ranges: Iterable[Range]) -> Range:
    """Add ranges up."""
    return sum(ranges, start=NOTHING)
