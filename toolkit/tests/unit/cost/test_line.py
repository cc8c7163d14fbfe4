"""A bill's lines and their totals."""

from datetime import date

import pytest

from groundplan.cost.amount import Range, exactly
from groundplan.cost.line import Bill, Component, line
from groundplan.cost.price import Group

DAY = date(2026, 1, 2)
HOUR = Group("https://aws.example/", DAY, "a bill").price(0.5, "hour")
GB = Group("https://aws.example/", DAY).price(0.1, "GB")
BILL = Bill(
    "dev",
    "us-east-1",
    20,
    {"stack": "shop-dev", "team": "web"},
    (
        line(Component.NETWORK, "gateway", "one", exactly(20), HOUR),
        line(Component.NETWORK, "data", "some", Range(0, 10, 50), GB),
        line(Component.TRAFFIC, "out", "more", Range(0, 100, 500), GB, tagged=False),
    ),
)


def test_a_line_costs_its_quantity_at_its_price() -> None:
    """In US dollars a month, end by end."""
    assert Range(0, 1, 5) == BILL.lines[1].cost


def test_totals_are_the_sums_of_lines() -> None:
    """In all, and by component."""
    assert Range(10, 21, 65) == BILL.total
    assert {"network": Range(10, 11, 15), "traffic": Range(0, 10, 50)} == BILL.by_component


def test_what_is_not_tagged_is_told_apart() -> None:
    """Each tag has the tagged part, and the rest is named as such; together they are all."""
    found = BILL.by_tag
    assert ["stack=shop-dev", "team=web", "no tag"] == list(found)
    assert (Range(10, 11, 15), Range(0, 10, 50)) == (found["team=web"], found["no tag"])


def test_the_budget_is_held_against_the_expected() -> None:
    """Above 0 it is over, below 0 under."""
    assert 1 == BILL.over_budget


def test_doubtful_prices_are_named() -> None:
    """Lines whose price nothing confirmed."""
    assert ["data", "out"] == [each.name for each in BILL.unconfirmed]


@pytest.mark.parametrize("key", [(Component.NETWORK, "data"), ("network", "data")])
def test_a_line_is_found_by_its_key(key) -> None:
    """Component and name."""
    assert (BILL.lines[1],) == BILL.find([key])
    assert () == BILL.find([(Component.EDGE, "data")])
