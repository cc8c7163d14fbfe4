"""The table as a whole: complete, dated and honest."""

import pytest

from groundplan.cost.price import Rate
from groundplan.cost.prices.table import SHEETS, sheet
from groundplan.cost.prices.worldwide import AS_OF
from groundplan.cost.savings.network import INSTANCE
from groundplan.errors import UsageError


@pytest.mark.parametrize("region", SHEETS)
def test_every_sheet_has_every_rate(region) -> None:
    """A missing one would be found only by the platform that needs it."""
    assert set(Rate) == set(SHEETS[region].rates)
    assert INSTANCE in SHEETS[region].machines


@pytest.mark.parametrize("region", SHEETS)
def test_every_price_is_dated_and_has_its_page(region) -> None:
    """None is from after the day on which the table was written."""
    found = SHEETS[region]
    prices = [*found.machines.values(), *found.databases.values(), *found.rates.values()]
    assert all(each.usd > 0 and each.as_of <= AS_OF for each in prices)
    assert all(each.page.startswith("https://aws.amazon.com/") for each in prices)


def test_a_sheet_is_found_by_its_region() -> None:
    """Under its own name, and no other."""
    assert all(sheet(region).region == region for region in SHEETS)
    with pytest.raises(UsageError, match=r"region: mars-1"):
        sheet("mars-1")
