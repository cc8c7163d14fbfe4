"""Addresses in classes: those that every set of blocks treats alike count as one.

So all addresses of the world are judged, not samples of them, and there are only a few to judge.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_network,
    summarize_address_range,
)
from itertools import pairwise
from typing import Any, Final

Network = IPv4Network | IPv6Network
SHOWN: Final = 4
"""Networks of a class that are named."""


@dataclass(frozen=True, slots=True)
class Block:
    """A network without some parts of it, as an ipBlock has it."""

    network: Network
    outside: tuple[Network, ...] = ()


Blocks = frozenset[Block]
"""The addresses that are in any of them."""


@dataclass(frozen=True, slots=True)
class Class:
    """Addresses that are treated alike, as ranges of the IP version, the first and the last."""

    ranges: tuple[tuple[int, int, int], ...]
    members: frozenset[Blocks]
    """The sets of blocks in which they are."""

    def __str__(self) -> str:
        networks = [network for each in self.ranges for network in _networks(*each)]
        named = ", ".join(map(str, networks[:SHOWN]))
        return named if len(networks) <= SHOWN else f"{named} and more"


def block(values: Mapping[str, Any]) -> Block:
    """Return an ipBlock."""
    outside = tuple(ip_network(each) for each in values.get("except") or ())
    return Block(ip_network(values["cidr"]), outside)


def classes(sets: Iterable[Blocks]) -> list[Class]:
    """Return all addresses, in classes."""
    known = tuple(dict.fromkeys(sets))
    found: dict[frozenset[Blocks], list[tuple[int, int, int]]] = defaultdict(list)
    for version, first, last in _ranges(known):
        members = frozenset(each for each in known if _holds(each, version, first))
        found[members].append((version, first, last))
    return [Class(tuple(ranges), members) for members, ranges in found.items()]


def _ranges(sets: Sequence[Blocks]) -> Iterator[tuple[int, int, int]]:
    """Yield the parts into which the bounds of all blocks cut the addresses."""
    networks = {net for each in sets for one in each for net in (one.network, *one.outside)}
    for version, bits in ((4, 32), (6, 128)):
        bounds = {0, 1 << bits}
        for network in networks:
            if network.version == version:
                bounds |= {int(network[0]), int(network[-1]) + 1}
        marks = sorted(bounds)
        for first, end in pairwise(marks):
            yield version, first, end - 1


def _holds(blocks: Blocks, version: int, address: int) -> bool:
    return any(
        _is_in(each.network, version, address)
        and not any(_is_in(part, version, address) for part in each.outside)
        for each in blocks
    )


def _is_in(network: Network, version: int, address: int) -> bool:
    return network.version == version and int(network[0]) <= address <= int(network[-1])


def _networks(version: int, first: int, last: int) -> Iterator[Network]:
    if version == 4:
        return summarize_address_range(IPv4Address(first), IPv4Address(last))
    return summarize_address_range(IPv6Address(first), IPv6Address(last))
