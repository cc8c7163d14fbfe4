"""Functions over ranges of samples; integration tests compare them with a real Prometheus."""

from array import array

import pytest

from groundplan_telemetry.metrics.promql import window
from groundplan_telemetry.metrics.promql.values import STALE
from groundplan_telemetry.metrics.promql.window import Function, Window

TIMES = array("q", [10_000, 20_000, 30_000, 40_000])


def _window(values: list[float], begin: int = 5000, end: int = 45_000) -> Window:
    return Window(TIMES[: len(values)], array("d", values), 0, len(values), begin, end)


def test_a_window_leaves_out_its_beginning() -> None:
    """A window reaches from after its beginning to its end, both sides exact."""
    values = array("d", [1.0, 2.0, 3.0, 4.0])
    count = window.FUNCTIONS["count_over_time"]
    moments = [9_999, 10_000, 30_000, 49_999, 60_001]
    found = window.over(TIMES, values, moments, 20_000, count)
    assert [None, 1.0, 2.0, 2.0, None] == found


def test_marks_of_an_end_do_not_count() -> None:
    """Marks of an end are left out of ranges."""
    times, values = window.living(TIMES, array("d", [1.0, STALE, 3.0, STALE]))
    assert ([10_000, 30_000], [1.0, 3.0]) == (list(times), list(values))


def test_a_difference_may_fall() -> None:
    """A gauge's difference keeps its sign and knows no resets."""
    assert -40.0 == window.difference(
        Window(TIMES, array("d", [30.0, 20, 10, 0]), 0, 4, 5000, 45_000)
    )


def test_one_sample_has_no_change() -> None:
    """Where a window has one sample, there is no change, slope or rate."""
    for name in ("delta", "irate", "idelta", "deriv"):
        assert window.FUNCTIONS[name](_window([1.0])) is None
    assert window.predicted(1.0)(_window([1.0])) is None


@pytest.mark.parametrize(
    ("function", "expected"),
    [(window.instant_difference, 3.0), (window.changes, 3.0), (window.resets, 1.0),
     (window.FUNCTIONS["last_over_time"], 4.0), (window.FUNCTIONS["present_over_time"], 1.0)],
)  # fmt: skip
def test_functions(function: Function, expected: float) -> None:
    """Each function says what it is named for, of the samples as they are."""
    assert expected == function(_window([5.0, 7.0, 1.0, 4.0]))


def test_the_rate_of_now() -> None:
    """`irate` takes the last two samples, also where the counter began anew between them."""
    values = array("d", [5.0, 7.0, 9.0, 4.0])
    assert 0.4 == window.instant_rate(Window(TIMES, values, 0, 4, 0, 45_000))


def test_a_straight_line_is_followed() -> None:
    """The slope of a straight line is its own, and so is what it will be."""
    falling = _window([100, 110, 120, 130])
    assert (1.0, 135.0) == window.slope(falling)
    assert (1.0, 145.0) == (window.derivative(falling), window.predicted(10)(falling))
