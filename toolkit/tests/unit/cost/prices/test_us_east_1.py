"""Prices of us-east-1."""

from groundplan.cost.price import Rate
from groundplan.cost.prices.us_east_1 import SHEET


def test_known_prices_are_those_of_the_price_list() -> None:
    """A machine, a database and a NAT gateway, as AWS lists them."""
    machine = SHEET.machine("t3.medium", "here")
    database = SHEET.database("db.t3.micro", "here")
    assert (0.0416, 0.018, 0.045) == (machine.usd, database.usd, SHEET.rates[Rate.NAT_HOUR].usd)
    assert machine.confirmed
