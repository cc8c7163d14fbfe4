"""One line of the bill, and the bill: its totals by component and by tag."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from groundplan.cost.amount import Range, total
from groundplan.cost.price import Price


class Component(StrEnum):
    """The parts of the bill; each but traffic is a module of Terraform."""

    NETWORK = "network"
    SECURITY = "security"
    CLUSTER = "cluster"
    DATABASE = "database"
    STORAGE = "storage"
    EDGE = "edge"
    ACCESS = "access"
    BACKUP = "backup"
    OBSERVABILITY = "observability"
    TRAFFIC = "traffic"


@dataclass(frozen=True, slots=True)
class Line:
    """What one thing costs in a month."""

    component: Component
    name: str
    """What it is called in every environment; lines of two bills meet by it."""
    what: str
    """What there is of it, in words."""
    quantity: Range
    """In the price's unit."""
    price: Price
    cost: Range
    """US dollars a month."""
    assumption: str = ""
    """What is taken for granted where the file does not tell."""
    tagged: bool = True
    """Whether AWS puts tags of resources on the charge."""

    @property
    def key(self) -> tuple[Component, str]:
        """What it is known by."""
        return self.component, self.name


def line(
    component: Component,
    name: str,
    what: str,
    quantity: Range,
    price: Price,
    *,
    assumption: str = "",
    tagged: bool = True,
) -> Line:
    """Return a line whose cost is its quantity at one price."""
    cost = quantity * price.usd
    return Line(component, name, what, quantity, price, cost, assumption, tagged)


@dataclass(frozen=True, slots=True)
class Bill:
    """An environment's month."""

    environment: str
    region: str
    budget: int
    """US dollars a month."""
    tags: Mapping[str, str]
    """What is put on everything that can be tagged."""
    lines: tuple[Line, ...]

    @property
    def total(self) -> Range:
        """US dollars a month."""
        return total(each.cost for each in self.lines)

    @property
    def by_component(self) -> dict[Component, Range]:
        """US dollars a month of each component that has lines."""
        return {
            component: total(each.cost for each in self.lines if each.component is component)
            for component in Component
            if any(each.component is component for each in self.lines)
        }

    @property
    def by_tag(self) -> dict[str, Range]:
        """US dollars a month by `key=value`; what AWS does not tag comes last."""
        tagged = total(each.cost for each in self.lines if each.tagged)
        found = {f"{key}={value}": tagged for key, value in self.tags.items()}
        return {**found, "no tag": total(each.cost for each in self.lines if not each.tagged)}

    @property
    def over_budget(self) -> float:
        """US dollars by which the expected month is over the budget; below 0, under it."""
        return self.total.expected - self.budget

    @property
    def unconfirmed(self) -> tuple[Line, ...]:
        """Lines whose price nothing confirmed."""
        return tuple(each for each in self.lines if not each.price.confirmed)

    def find(self, names: Iterable[tuple[Component, str]]) -> tuple[Line, ...]:
        """Return the lines of these keys, in the bill's order."""
        wanted = set(names)
        return tuple(each for each in self.lines if each.key in wanted)
