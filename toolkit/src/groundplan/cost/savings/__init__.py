"""Ways to pay less, each with its figure, its risk and how it is done; the largest first.

They overlap: each figure is what that way alone would save.
"""

from datetime import date
from typing import Final

from groundplan.cost.line import Bill
from groundplan.cost.savings import account, data, network, nodes
from groundplan.cost.savings.saving import Case, Saving, Use
from groundplan.model.platform import Platform

__all__ = ["Saving", "Use", "savings"]

WORTH: Final = 0.5
"""US dollars a month below which nothing is said."""


def savings(
    platform: Platform, bill: Bill, today: date, use: Use | None = None
) -> tuple[Saving, ...]:
    """Return them.

    Args:
        platform: the platform as it is in the bill's environment.
        bill: its bill.
        today: the day of the bill.
        use: what was measured of the nodes; without it, their number is not judged.
    """
    case = Case(platform, bill, today, use)
    found = [
        *network.savings(case),
        *nodes.savings(case),
        *data.savings(case),
        *account.savings(case),
    ]
    worth = [each for each in found if each.usd >= WORTH]
    return tuple(sorted(worth, key=lambda each: -each.usd))
