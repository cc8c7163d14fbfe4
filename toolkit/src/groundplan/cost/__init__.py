"""The bill: what an environment costs in a month, what changes it and what would save.

Takes a platform, the environment's name and a day; hands on lines with ranges, each with its
price, the price's source and what is assumed. No file, account or network is asked.
"""

from groundplan.cost.compare import Difference, difference
from groundplan.cost.estimate import estimate
from groundplan.cost.line import Bill, Line
from groundplan.cost.savings import Saving, Use, savings

__all__ = ["Bill", "Difference", "Line", "Saving", "Use", "difference", "estimate", "savings"]
