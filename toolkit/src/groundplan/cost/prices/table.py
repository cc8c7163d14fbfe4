"""The table: one sheet of prices for each region that is known."""

from collections.abc import Mapping
from typing import Final

from groundplan.cost.price import Sheet, listed
from groundplan.cost.prices import eu_central_1, eu_west_1, us_east_1
from groundplan.errors import UsageError

SHEETS: Final[Mapping[str, Sheet]] = {
    each.region: each for each in (us_east_1.SHEET, eu_west_1.SHEET, eu_central_1.SHEET)
}


def sheet(region: str) -> Sheet:
    """Return a region's prices.

    Raises:
        UsageError: the table has none of them.
    """
    if region not in SHEETS:
        message = f"region: {region} is not in the table of prices"
        raise UsageError(message, hint=f"known are {listed(SHEETS)}")
    return SHEETS[region]
