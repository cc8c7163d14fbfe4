"""Functions over a range of samples, series by series: `delta`, `max_over_time` and their like.

Each gets the samples of a series, where its window begins and ends among them, and the window's
bounds in time; it returns a number, or None where the samples do not suffice. A window leaves
out its own beginning, as Prometheus 3 has it.
"""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from groundplan_telemetry.metrics.arrays import Real, Whole
from groundplan_telemetry.metrics.promql import arithmetic
from groundplan_telemetry.metrics.promql.rises import reach
from groundplan_telemetry.metrics.promql.values import Column, is_stale

CHECKED_EVERY: Final = 16
"""Windows after which a query may be ended."""


@dataclass(slots=True)  # not frozen: one is made for each window, and that takes thrice as long
class Window:
    """Samples `low` to `high` (left out) of a series; `begin` and `end` are in milliseconds."""

    times: Whole
    values: Real
    low: int
    high: int
    begin: int
    end: int

    @property
    def inside(self) -> Real:
        """The values of the window."""
        return self.values[self.low : self.high]


Function = Callable[[Window], float | None]


def living(times: Whole, values: Real) -> tuple[Whole, Real]:
    """Return the samples without marks of a series' end."""
    if not any(value != value and is_stale(value) for value in values):
        return times, values
    kept = [at for at, value in enumerate(values) if not is_stale(value)]
    return array("q", [times[at] for at in kept]), array("d", [values[at] for at in kept])


def over(
    times: Whole,
    values: Real,
    moments: Sequence[int],
    length: int,
    function: Function,
    check: Callable[[], None] = lambda: None,
) -> Column:
    """Return what a function says of the window that ends at each moment.

    `check` raises what ends a query that takes too long.
    """
    found: Column = []
    for at, moment in enumerate(moments):
        if at % CHECKED_EVERY == 0:
            check()
        high = bisect_right(times, moment)
        low = bisect_right(times, moment - length, 0, high)
        window = Window(times, values, low, high, moment - length, moment)
        found.append(function(window) if high > low else None)
    return found


def difference(window: Window) -> float | None:
    """Return by how much a gauge changed in its window."""
    found = reach(window.times, window.begin, window.end)
    if found is None:
        return None
    change = window.values[found.last] - window.values[found.first]
    return change * (found.sampled + found.head + found.tail) / found.sampled


def _last_two(window: Window) -> tuple[float, float, float] | None:
    if window.high - window.low < 2:
        return None
    at = window.high - 1
    seconds = (window.times[at] - window.times[at - 1]) / 1000
    return window.values[at - 1], window.values[at], seconds


def instant_rate(window: Window) -> float | None:
    """Return a counter's rate between its last two samples."""
    found = _last_two(window)
    if found is None:
        return None
    before, after, seconds = found
    return (after if after < before else after - before) / seconds


def instant_difference(window: Window) -> float | None:
    """Return a gauge's change between its last two samples."""
    found = _last_two(window)
    return None if found is None else found[1] - found[0]


def changes(window: Window) -> float:
    """Return how often the value changed."""
    return float(sum(a != b and (a == a or b == b) for a, b in pairwise(window.inside)))


def resets(window: Window) -> float:
    """Return how often a counter began anew."""
    return float(sum(b < a for a, b in pairwise(window.inside)))


def slope(window: Window) -> tuple[float, float] | None:
    """Return rise a second, and the value at the window's end, of the straight line nearest."""
    values = window.inside
    if len(values) < 2:
        return None
    seconds = [(at - window.end) / 1000 for at in window.times[window.low : window.high]]
    middle, level = arithmetic.mean(seconds), arithmetic.mean(values)
    spread = arithmetic.total([(at - middle) ** 2 for at in seconds])
    together = [(at - middle) * (v - level) for at, v in zip(seconds, values, strict=True)]
    steep = arithmetic.divide(arithmetic.total(together), spread)
    return steep, level - steep * middle


def derivative(window: Window) -> float | None:
    """Return the rise a second of the straight line nearest to a gauge."""
    found = slope(window)
    return None if found is None else found[0]


def predicted(seconds: float) -> Function:
    """Return a function that says what a gauge will be so many seconds later."""

    def predict(window: Window) -> float | None:
        found = slope(window)
        return None if found is None else found[1] + found[0] * seconds

    return predict


def of_values(function: Callable[[Sequence[float]], float]) -> Function:
    """Return a function of windows that looks at their values only."""
    return lambda window: function(window.inside)


FUNCTIONS: Final[Mapping[str, Function]] = {
    "delta": difference,
    "irate": instant_rate,
    "idelta": instant_difference,
    "changes": changes,
    "resets": resets,
    "deriv": derivative,
    "sum_over_time": of_values(arithmetic.total),
    "avg_over_time": of_values(arithmetic.mean),
    "min_over_time": of_values(arithmetic.least),
    "max_over_time": of_values(arithmetic.most),
    "stddev_over_time": of_values(arithmetic.deviation),
    "stdvar_over_time": of_values(arithmetic.variance),
    "count_over_time": lambda window: float(window.high - window.low),
    "last_over_time": lambda window: window.values[window.high - 1],
    "present_over_time": lambda _: 1.0,
}
