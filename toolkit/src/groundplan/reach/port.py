"""Ports of the protocols that network policies know, as ranges that can be added and compared.

A value of `Ports` is in order and its ranges neither overlap nor touch, so equal sets are equal.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import Final, NamedTuple

FIRST: Final = 1
LAST: Final = 65535


class Range(NamedTuple):
    """Ports of one protocol, both ends among them."""

    protocol: str
    first: int
    last: int

    def __str__(self) -> str:
        if (self.first, self.last) == (FIRST, LAST):
            return f"{self.protocol} any port"
        ports = f"{self.first}" if self.first == self.last else f"{self.first}-{self.last}"
        return f"{self.protocol} {ports}"


Ports = tuple[Range, ...]

PROTOCOLS: Final = ("sctp", "tcp", "udp")
EVERY: Final[Ports] = tuple(Range(protocol, FIRST, LAST) for protocol in PROTOCOLS)
NONE: Final[Ports] = ()


def one(port: int, protocol: str = "tcp") -> Ports:
    """Return a single port."""
    return (Range(protocol, port, port),)


def union(sets: Iterable[Ports]) -> Ports:
    """Return the ports that are in any of them."""
    ranges = sorted({found for ports in sets for found in ports})
    merged: list[Range] = []
    for found in ranges:
        last = merged[-1] if merged else None
        if last and last.protocol == found.protocol and found.first <= last.last + 1:
            merged[-1] = Range(last.protocol, last.first, max(last.last, found.last))
        else:
            merged.append(found)
    return tuple(merged)


def shared(one: Ports, other: Ports) -> Ports:
    """Return the ports that are in both."""
    if one == other or other == EVERY:
        return one
    if one == EVERY:
        return other
    return union([_overlap(a, b) for a in one for b in other])


def without(ports: Ports, others: Ports) -> Ports:
    """Return the ports that are in the first only."""
    if not others or ports == others:
        return NONE if others else ports
    return shared(ports, _complement(others))


def describe(ports: Ports) -> str:
    """Return ports in words."""
    return "any port" if ports == EVERY else ", ".join(map(str, ports))


def _overlap(one: Range, other: Range) -> Ports:
    first, last = max(one.first, other.first), min(one.last, other.last)
    if one.protocol != other.protocol or first > last:
        return NONE
    return (Range(one.protocol, first, last),)


def _complement(ports: Ports) -> Ports:
    found: list[Range] = []
    for protocol in PROTOCOLS:
        taken = [each for each in ports if each.protocol == protocol]
        ends = [Range(protocol, 0, FIRST - 1), *taken, Range(protocol, LAST + 1, LAST + 1)]
        for low, high in pairwise(ends):
            if low.last + 1 < high.first:
                found.append(Range(protocol, low.last + 1, high.first - 1))
    return tuple(found)
