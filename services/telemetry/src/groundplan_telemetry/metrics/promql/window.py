"""Functions over a range of samples: `rate`, `increase`, `max_over_time` and their like.

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
from groundplan_telemetry.metrics.promql.values import Column, is_stale

NEAR: Final = 1.1
"""Up to so many average distances a series is taken to reach on to the window's edge."""


@dataclass(slots=True)  # not frozen: one is made for each window, and that takes thrice as long
class Window:
    """Samples `low` to `high` (left out) of a series; `begin` and `end` are in milliseconds."""

    times: Whole
    values: Real
    """A counter's are unbroken."""
    raw: Real
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


def unbroken(values: Real) -> Real:
    """Return a counter's values as if it had never begun anew."""
    lost, before = 0.0, 0.0
    found = array("d")
    for value in values:
        if value < before:
            lost += before
        before = value
        found.append(value + lost)
    return found


def over(
    times: Whole,
    values: Real,
    raw: Real,
    moments: Sequence[int],
    length: int,
    function: Function,
) -> Column:
    """Return what a function says of the window that ends at each moment."""
    found: Column = []
    for moment in moments:
        high = bisect_right(times, moment)
        low = bisect_right(times, moment - length, 0, high)
        window = Window(times, values, raw, low, high, moment - length, moment)
        found.append(function(window) if high > low else None)
    return found


def rise(window: Window) -> float | None:
    """Return by how much a counter, made unbroken, rose in its window."""
    first = window.raw[window.low]
    return _extrapolated(window, zero=first if first >= 0 else None)


def difference(window: Window) -> float | None:
    """Return by how much a gauge changed in its window."""
    return _extrapolated(window, zero=None)


def _extrapolated(window: Window, *, zero: float | None) -> float | None:
    count = window.high - window.low
    if count < 2:
        return None
    first, last = window.times[window.low], window.times[window.high - 1]
    change = window.values[window.high - 1] - window.values[window.low]
    sampled = last - first
    near = NEAR * sampled / (count - 1)
    before, after = first - window.begin, window.end - last
    half = sampled / (count - 1) / 2
    head = float(before) if before < near else half
    if zero is not None and change > 0:
        head = min(head, sampled * zero / change)
    tail = float(after) if after < near else half
    return change * (sampled + head + tail) / sampled


def per_second(function: Function) -> Function:
    """Return a function that divides another's change by its window's seconds."""

    def rate(window: Window) -> float | None:
        change = function(window)
        return None if change is None else change / (window.end - window.begin) * 1000

    return rate


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


COUNTERS: Final[Mapping[str, Function]] = {"rate": per_second(rise), "increase": rise}
"""Those that want a counter unbroken."""

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
