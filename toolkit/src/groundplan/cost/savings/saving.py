"""One way to pay less, and the case that ways are looked for in."""

from dataclasses import dataclass
from datetime import date

from groundplan.cost.estimate import estimate
from groundplan.cost.line import Bill, Component
from groundplan.cost.price import Sheet
from groundplan.cost.prices import table
from groundplan.model.platform import Platform


@dataclass(frozen=True, slots=True)
class Saving:
    """What would be paid less, what it risks and how it is done."""

    name: str
    usd: float
    """US dollars of the expected month."""
    how: str
    """The key of the platform file and its value, or where else it is done."""
    risk: str
    assumption: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """What was measured of the nodes: average shares of what they have, 0 to 1."""

    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Case:
    """A platform with its bill, and what was measured of it, if anything."""

    platform: Platform
    bill: Bill
    today: date
    use: Use | None = None

    @property
    def sheet(self) -> Sheet:
        """The region's prices."""
        return table.sheet(self.platform.region)

    def saved(self, platform: Platform) -> float:
        """Return what another platform's expected month costs less, in US dollars."""
        other = estimate(platform, self.bill.environment, self.today)
        return self.bill.total.expected - other.total.expected

    def cost(self, component: Component, *names: str) -> float:
        """Return US dollars of the expected month for lines that the bill has."""
        found = self.bill.find((component, name) for name in names)
        return sum(each.cost.expected for each in found)
