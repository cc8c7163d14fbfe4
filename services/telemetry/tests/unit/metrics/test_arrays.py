"""Arrays of times and of values."""

from array import array

from groundplan_telemetry.metrics.arrays import Real, Whole


def test_names_stand_for_arrays() -> None:
    """What is written for types is an array where the program runs."""
    assert (array, array) == (Whole, Real)
