"""Security groups: the ways that their rules open, and the difference to those that are meant.

A way between two groups is open when its origin lets it out and its target lets it in; a way
from or to a network, or to a list of AWS, has one side only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from groundplan.model.way import Way, is_group

ALL_PROTOCOLS = "-1"


class Direction(StrEnum):
    """The side of a connection that a rule speaks of."""

    INGRESS = "ingress"
    EGRESS = "egress"


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """One rule of a group; `peer` is a group's name, a network or a list of AWS."""

    group: str
    direction: Direction
    peer: str
    first_port: int
    last_port: int
    protocol: str

    def __str__(self) -> str:
        ports = f"{self.first_port}" if self.is_one_port else f"{self.first_port}-{self.last_port}"
        return f"{self.group} {self.direction} {self.peer} {self.protocol} {ports}"

    @property
    def is_one_port(self) -> bool:
        """Whether it opens a single port of a single protocol."""
        return self.first_port == self.last_port and self.protocol != ALL_PROTOCOLS


@dataclass(frozen=True, slots=True)
class Difference:
    """What rules open against what is meant; both empty when they agree."""

    missing: tuple[Way, ...]
    """Ways that are meant and closed."""
    extra: tuple[Rule, ...]
    """Rules that no way needs."""


def compare(meant: Iterable[Way], rules: Iterable[Rule]) -> Difference:
    """Return the ways that the rules leave closed, and the rules that no way needs."""
    ways, found = set(meant), set(rules)
    missing = tuple(sorted(way for way in ways if not needs(way) <= found))
    needed = {rule for way in ways for rule in needs(way)}
    return Difference(missing, tuple(sorted(found - needed)))


def needs(way: Way) -> set[Rule]:
    """Return the rules that open a way: one on each side that is a group."""
    sides = (
        (way.origin, Direction.EGRESS, way.target),
        (way.target, Direction.INGRESS, way.origin),
    )
    return {
        Rule(group, direction, peer, way.port, way.port, way.protocol)
        for group, direction, peer in sides
        if is_group(group)
    }
