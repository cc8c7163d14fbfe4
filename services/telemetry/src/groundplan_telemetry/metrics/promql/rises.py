"""`rate` and `increase` of many counters at once: a window is measured once for all of them."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import add, sub
from typing import Final

from groundplan_telemetry.metrics import labels
from groundplan_telemetry.metrics.promql.table import Table, Values
from groundplan_telemetry.metrics.promql.values import Column, Row, Vector

NEAR: Final = 1.1
"""Up to so many average distances a series is taken to reach on to the window's edge."""
NAMES: Final = ("rate", "increase")


@dataclass(frozen=True, slots=True)
class Reach:
    """Which samples of a window are the first and the last, and how far they are from its edges.

    Times are in milliseconds; edges that are far away count as half a distance of samples.
    """

    first: int
    last: int
    sampled: int
    head: float
    tail: float


def reach(times: Sequence[int], begin: int, end: int) -> Reach | None:
    """Return how a window's samples lie in it; None where there are less than two.

    A window leaves out its own beginning.
    """
    high = bisect_right(times, end)
    low = bisect_right(times, begin, 0, high)
    if high - low < 2:
        return None
    sampled = times[high - 1] - times[low]
    distance = sampled / (high - 1 - low)
    before, after = times[low] - begin, end - times[high - 1]
    head = float(before) if before < NEAR * distance else distance / 2
    tail = float(after) if after < NEAR * distance else distance / 2
    return Reach(low, high - 1, sampled, head, tail)


def over(
    name: str, table: Table, moments: Sequence[int], length: int, check: Callable[[], None]
) -> Vector:
    """Return a function of the windows that end at each moment, of all series of a table.

    Args:
        name: `rate` or `increase`.
        table: the counters.
        moments: the windows' ends, in their order.
        length: milliseconds of a window.
        check: raises what ends a query that takes too long.
    """
    reaches = [reach(table.times, moment - length, moment) for moment in moments]
    wanted = [at for each in reaches if each is not None for at in (each.first, each.last)]
    rows, lost = table.rows(wanted), _Lost(table.lost()) if wanted else _Lost([])
    check()
    scale = 1000 / length if name == "rate" else 1.0
    nothing: Column = [None] * len(table.labels)
    found: list[Column] = [
        nothing if each is None else _rises(rows[each.first], rows[each.last], each, lost, scale)
        for each in reaches
    ]
    check()
    columns = zip(*found, strict=True)
    return [
        Row(labels.unnamed(each), list(column))
        for each, column in zip(table.labels, columns, strict=True)
    ]


class _Lost:
    """What counters lose by beginning anew, by the place of a sample."""

    def __init__(self, found: list[tuple[int, Values]]) -> None:
        self._falls = [at for at, _ in found]
        self._losses = [losses for _, losses in found]

    def between(self, first: int, last: int) -> list[Values]:
        """Return what is lost after one sample and up to another, fall by fall."""
        low, high = bisect_right(self._falls, first), bisect_right(self._falls, last)
        return self._losses[low:high]


def _rises(first: Values, last: Values, at: Reach, lost: _Lost, scale: float) -> Column:
    changes = list(map(sub, last, first))
    for losses in lost.between(at.first, at.last):
        changes = list(map(add, changes, losses))
    if not any(changes):
        return [*changes]
    sampled, head = at.sampled, at.head
    whole = (sampled + head + at.tail) / sampled * scale
    # A counter is never less than nothing: it does not reach back beyond its own beginning.
    return [
        change
        and (
            change * whole
            if change <= 0 or zero < 0 or sampled * zero >= head * change or change != change
            else (change * (sampled + at.tail) + sampled * zero) / sampled * scale
        )
        for change, zero in zip(changes, first, strict=True)
    ]
