"""Bounds of a middle hold what is there, and are wide where little is known."""

from bench import interval


def test_what_is_always_the_same_has_no_width() -> None:
    """Nothing is made up."""
    assert (0.02, 0.02) == interval.of_median([[0.02, 0.02], [0.02]])


def test_the_median_lies_within() -> None:
    """And more figures bring the bounds together."""
    few = [[0.0, 0.02, 0.04], [0.01, 0.03, 0.05]]
    low, high = interval.of_median(few)
    narrow_low, narrow_high = interval.of_median([run * 20 for run in few] * 10)
    assert low <= narrow_low <= 0.025 <= narrow_high <= high
    assert narrow_high - narrow_low < high - low


def test_a_mean_has_bounds_of_its_own() -> None:
    """What is rare and large moves a mean, and leaves a median where it is."""
    rare = [[0.0, 0.0, 0.0, 0.4]] * 6
    assert (0.0, 0.0) == interval.of_median(rare)
    low, high = interval.of_mean(rare)
    assert 0.0 < low < 0.1 < high < 0.2


def test_runs_that_disagree_are_not_outvoted_by_their_blocks() -> None:
    """Many figures of two runs are two opinions, not many."""
    low, high = interval.of_median([[0.0] * 50, [0.1] * 50])
    assert (0.0, 0.1) == (low, high)


def test_figures_are_the_same_each_time() -> None:
    """The same blocks give the same bounds."""
    groups = [[0.01, 0.05, 0.02], [0.03, 0.01]]
    assert interval.of_median(groups) == interval.of_median(groups)
