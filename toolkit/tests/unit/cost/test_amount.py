"""Ranges of what is not known exactly."""

from groundplan.cost.amount import NOTHING, Range, exactly, total

WIDE = Range(1, 2, 4)


def test_ends_are_added_to_ends() -> None:
    """The sum of the least is the least sum."""
    assert Range(4, 5, 7) == WIDE + exactly(3)
    assert Range(2, 4, 8) == total([WIDE, WIDE])
    assert NOTHING == total([])


def test_ends_are_multiplied_with_ends() -> None:
    """A quantity and a price that are both uncertain make a wide cost."""
    assert Range(3, 6, 12) == WIDE * 3
    assert Range(1, 4, 16) == WIDE.times(WIDE)


def test_what_is_free_is_taken_off_but_never_paid_back() -> None:
    """Below the free part nothing is owed."""
    assert Range(0, 0, 1) == WIDE.above(3)


def test_only_equal_ends_are_exact() -> None:
    """A range with any width is none."""
    assert (True, False) == (exactly(2).is_exact, WIDE.is_exact)
