"""Prices that are the same in every region of the table."""

from groundplan.cost.prices.worldwide import AS_OF, RATES


def test_every_price_names_its_page_and_day() -> None:
    """No price is from nowhere, or from after the table."""
    for rate, price in RATES.items():
        assert price.page.startswith("https://aws.amazon.com/"), rate
        assert price.as_of <= AS_OF, rate
        assert price.usd > 0, rate
