"""All ways to pay less."""

from groundplan.cost import savings


def test_the_largest_comes_first_and_none_is_nothing(platform_with, bill_of, today) -> None:
    """Figures descend, and each says how it is done and what it risks."""
    found = savings(platform_with("region: us-east-1\n"), bill_of(), today)
    figures = [each.usd for each in found]
    assert sorted(figures, reverse=True) == figures
    assert min(figures) >= 0.5
    assert all(each.how and each.risk for each in found)


def test_no_saving_is_more_than_the_bill(platform_with, bill_of, today) -> None:
    """A figure above the whole month would be wrong."""
    found = savings(platform_with("region: us-east-1\n"), bill_of(), today)
    assert found[0].usd < bill_of().total.expected
