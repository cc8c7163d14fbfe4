"""What changes between two bills, line by line: two environments, or before and after."""

from dataclasses import dataclass

from groundplan.cost.amount import NOTHING, Range
from groundplan.cost.line import Bill, Component, Line


@dataclass(frozen=True, slots=True)
class Change:
    """One line in two bills; one of the two may be missing."""

    component: Component
    name: str
    before: Line | None
    after: Line | None

    @property
    def expected(self) -> float:
        """US dollars a month that it adds; below 0, that it saves."""
        return _cost(self.after).expected - _cost(self.before).expected

    @property
    def ends(self) -> tuple[float, float]:
        """The same at the least and at the most of both bills, US dollars a month."""
        before, after = _cost(self.before), _cost(self.after)
        return after.low - before.low, after.high - before.high

    @property
    def is_one(self) -> bool:
        """Say whether anything of it differs."""
        return bool(self.expected) or any(self.ends)


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes between two bills, in the order of the second."""

    before: Bill
    after: Bill
    changes: tuple[Change, ...]

    @property
    def expected(self) -> float:
        """US dollars a month that the second costs more."""
        return self.after.total.expected - self.before.total.expected


def difference(before: Bill, after: Bill) -> Difference:
    """Return what differs in cost from one bill to the other."""
    old = {each.key: each for each in before.lines}
    new = {each.key: each for each in after.lines}
    changes = (Change(*key, old.get(key), new.get(key)) for key in {**new, **old})
    return Difference(before, after, tuple(change for change in changes if change.is_one))


def _cost(found: Line | None) -> Range:
    return found.cost if found else NOTHING
