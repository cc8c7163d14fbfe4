"""Sizes of a family in proportion to large."""

from groundplan.cost.prices.sizes import BURSTABLE, STANDARD


def test_each_size_costs_more_than_the_one_before() -> None:
    """And large is the measure."""
    for sizes in (BURSTABLE, STANDARD):
        assert 1 == sizes["large"]
        assert sorted(sizes.values()) == list(sizes.values())
