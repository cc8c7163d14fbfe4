"""What the stores said while they were watched."""

import math

from bench.objectives.stores import Stores


def test_without_a_read_there_is_no_average() -> None:
    """No figure is made up."""
    assert math.isnan(Stores().cache)


def test_the_average_is_that_of_all_reads() -> None:
    """In milliseconds."""
    assert 2.0 == Stores(reads=[1.0, 3.0]).cache
