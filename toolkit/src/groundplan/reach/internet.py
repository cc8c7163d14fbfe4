"""Whether the internet reaches a port in a subnet: routes, access lists and security groups.

Three gates stand one behind the other, and a connection needs all of them open. Each is judged
by itself, so that one that stands open is seen although another still holds.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from typing import Final

from groundplan.reach.group import ALL_PROTOCOLS, Direction, Rule

ANYBODY: Final = IPv4Address("198.51.100.7")
EPHEMERAL: Final = (1024, 65535)
"""The ports to which answers go."""
TCP: Final = "tcp"


@dataclass(frozen=True, slots=True)
class Route:
    """One route of a subnet's table; `target` is the id of what it leads to."""

    destination: IPv4Network
    target: str

    @property
    def leads_to_internet(self) -> bool:
        """Whether packets take it to an internet gateway and back."""
        return self.target.startswith("igw-")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a network access list; the lowest number that fits decides."""

    number: int
    direction: Direction
    network: IPv4Network
    first_port: int
    last_port: int
    protocol: str
    allows: bool


@dataclass(frozen=True, slots=True)
class Subnet:
    """What guards a subnet's edge."""

    routes: tuple[Route, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Gates:
    """Which gates between the internet and a port stand open."""

    route: bool
    access_list: bool
    group: bool

    @property
    def is_path(self) -> bool:
        """Whether a connection comes through."""
        return self.route and self.access_list and self.group


def gates(subnet: Subnet, rules: Iterable[Rule], port: int) -> Gates:
    """Judge the three gates before a TCP port whose interface has these group rules."""
    rules = tuple(rules)
    callers = tuple(_callers(subnet, rules))
    return Gates(
        route=any(route.leads_to_internet for route in subnet.routes),
        access_list=any(_passes(subnet.entries, caller, port) for caller in callers),
        group=any(_admits(rule, caller, port) for rule in rules for caller in callers),
    )


def _callers(subnet: Subnet, rules: Sequence[Rule]) -> Iterator[IPv4Address]:
    """Yield public addresses that stand for all: one of nobody's, and one of each network."""
    yield ANYBODY
    networks = [entry.network for entry in subnet.entries]
    networks += [IPv4Network(rule.peer) for rule in rules if "/" in rule.peer]
    yield from (network[0] for network in networks if network[0].is_global)


def _passes(entries: Sequence[Entry], caller: IPv4Address, port: int) -> bool:
    """Whether the question gets in and the answer gets out."""
    coming = _decides(entries, Direction.INGRESS, caller, (port, port))
    going = _decides(entries, Direction.EGRESS, caller, EPHEMERAL)
    return coming and going


def _decides(
    entries: Sequence[Entry], direction: Direction, caller: IPv4Address, ports: tuple[int, int]
) -> bool:
    low, high = ports
    for entry in sorted(entries, key=lambda each: each.number):
        if entry.direction is not direction or caller not in entry.network:
            continue
        if entry.protocol == ALL_PROTOCOLS or (
            entry.protocol == TCP and entry.first_port <= high and entry.last_port >= low
        ):
            return entry.allows
    return False


def _admits(rule: Rule, caller: IPv4Address, port: int) -> bool:
    return (
        rule.direction is Direction.INGRESS
        and "/" in rule.peer
        and caller in IPv4Network(rule.peer)
        and rule.protocol in (TCP, ALL_PROTOCOLS)
        and (rule.protocol == ALL_PROTOCOLS or rule.first_port <= port <= rule.last_port)
    )
