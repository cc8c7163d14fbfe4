"""Who can reach whom on which port in the cluster, and the difference to what is meant.

A connection needs both sides: its origin must let it out and its target must let it in. What
only one side opens is told too, since it would be open with the next change of the other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from groundplan.model.flow import Flow
from groundplan.reach import policy, port, witness
from groundplan.reach.address import Blocks, Class
from groundplan.reach.group import Direction
from groundplan.reach.pod import Cluster, Pod
from groundplan.reach.policy import Grant, Names, Policy, Sides
from groundplan.reach.port import Ports

ELSEWHERE: Final = "any other address"


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """What one party can reach at another, and the policies that let it."""

    origin: str
    target: str
    ports: Ports
    grants: tuple[tuple[str, Ports], ...] = ()
    """What policies of both sides allow of it; none where no policy isolates a side."""
    is_held: bool = False
    """Whether one side opens it and the other one holds."""

    @property
    def policies(self) -> tuple[str, ...]:
        """The policies that open it, by name."""
        return tuple(dict.fromkeys(name for name, _ in self.grants))

    def only(self, ports: Ports) -> "Opening":
        """Return the part of it that is these ports."""
        grants = ((name, port.shared(ports, granted)) for name, granted in self.grants)
        found = tuple((name, granted) for name, granted in grants if granted)
        return replace(self, ports=ports, grants=found)

    def __str__(self) -> str:
        held = ", held by the other side" if self.is_held else ""
        reason = f"by {', '.join(self.policies)}" if self.policies else "no policy isolates them"
        return f"{self.origin} to {self.target} {port.describe(self.ports)} ({reason}{held})"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Everything that pods can reach, and everything that can reach them."""

    openings: tuple[Opening, ...]
    """In order of origin and target."""
    parties: Mapping[str, tuple[str, ...]]
    """The names in openings that a network's name stands for, where they are others."""

    @property
    def open(self) -> tuple[Opening, ...]:
        """What both sides open."""
        return tuple(each for each in self.openings if not each.is_held)

    def pairs(self, flow: Flow) -> list[tuple[str, str]]:
        """Return the origins and targets that openings have for those of a flow."""
        origins, targets = (self.parties.get(each, (each,)) for each in (flow.origin, flow.target))
        return [(origin, target) for origin in origins for target in targets]


@dataclass(frozen=True, slots=True)
class Difference:
    """What policies open against what is meant; both empty when they agree."""

    missing: tuple[Flow, ...]
    """Flows that are meant and closed."""
    extra: tuple[Opening, ...]
    """Openings that no flow needs."""


def compare(meant: Iterable[Flow], found: Matrix) -> Difference:
    """Return the flows that policies leave closed, and the openings that no flow needs."""
    needed: dict[tuple[str, str], Ports] = defaultdict(tuple)
    flows = {each: found.pairs(each) for each in meant}
    for each, pairs in flows.items():
        for pair in pairs:
            needed[pair] = port.union((needed[pair], port.one(each.port, each.protocol)))
    opened = {(each.origin, each.target): each.ports for each in found.open}
    missing = (
        each
        for each, pairs in flows.items()
        if not all(_is_open(each, opened.get(pair, ())) for pair in pairs)
    )
    return Difference(tuple(sorted(missing)), tuple(_extra(found.openings, needed)))


def _is_open(flow: Flow, ports: Ports) -> bool:
    wanted = port.one(flow.port, flow.protocol)
    return port.shared(wanted, ports) == wanted


def _extra(
    openings: Iterable[Opening], needed: Mapping[tuple[str, str], Ports]
) -> Iterator[Opening]:
    for each in openings:
        more = port.without(each.ports, needed.get((each.origin, each.target), ()))
        if more:
            yield each.only(more)


def matrix(
    policies: Iterable[Policy],
    pods: Sequence[Pod],
    others: Sequence[Pod] = (),
    networks: Mapping[str, Blocks] | None = None,
    strangers: Sequence[Pod] = (),
) -> Matrix:
    """Compute what policies open between pods, and between them and everybody else.

    Args:
        policies: all that hold in the cluster.
        pods: those that are asked about.
        others: pods that matter as their callers and callees only.
        networks: addresses that have a name.
        strangers: pods that might be there; of those whom no rule singles out, one is told.
    """
    policies, networks = tuple(policies), networks or {}
    sets = (*networks.values(), *policy.blocks(policies))
    today = Cluster((*pods, *others, *strangers), sets)
    cluster = Cluster((*today.pods, *witness.witnesses(policies, today)), sets)
    first = len(pods) + len(others)
    apart = range(first, first + len(strangers))
    found = _Openings(cluster, policy.sides(policies, cluster), len(pods), apart)
    names, parties = _names(cluster, networks)
    openings = (
        Opening(names[origin], names[target], *judged)
        for origin, target in found.pairs()
        for judged in found.between(origin, target)
    )
    return Matrix(tuple(sorted(openings, key=_order)), parties)


def _order(opening: Opening) -> tuple[str, str, bool]:
    return opening.origin, opening.target, opening.is_held


Judged = tuple[tuple[Ports, tuple[tuple[str, Ports], ...], bool], ...]
"""Ports that are open or held, with what policies of both sides allow of them."""


class _Openings:
    """Finds what is open between two by the sides of both."""

    def __init__(
        self, cluster: Cluster, sides: Mapping[Direction, Sides], asked: int, strangers: range
    ) -> None:
        self.cluster = cluster
        self.ingress = sides[Direction.INGRESS]
        self.egress = sides[Direction.EGRESS]
        self.asked = asked
        self.everybody = self._told(strangers)
        self._judged: dict[object, Judged] = {}

    def _told(self, strangers: range) -> list[int]:
        """Return everybody, but of strangers who are treated alike only one."""
        named = self.ingress.keys() | self.egress.keys()
        for side in (*self.ingress.values(), *self.egress.values()):
            named |= side.peers.keys()
        alike = [number for number in strangers if number not in named]
        left_out = set(alike[1:])
        return [number for number in self.cluster.everybody if number not in left_out]

    def pairs(self) -> set[tuple[int, int]]:
        """Return the pairs between which something may be open: few where pods are isolated."""
        asked = range(self.asked)
        into = ((origin, pod) for pod in asked for origin in self._peers(pod, self.ingress))
        out = ((pod, target) for pod in asked for target in self._peers(pod, self.egress))
        return {*into, *out}

    def _peers(self, number: int, sides: Sides) -> Iterable[int]:
        side = sides.get(number)
        return self.everybody if side is None or side.everybody else side.peers

    def between(self, origin: int, target: int) -> Judged:
        """Return what both sides open, and what only one of them does."""
        incoming = _granted(self.ingress, target, origin)
        outgoing = _granted(self.egress, origin, target)
        names = self.cluster.pods[target].ports if target < len(self.cluster.pods) else {}
        # one broad policy is between many: the same grants are judged once
        key = (_identity(incoming), _identity(outgoing), tuple(names.items()))
        if key not in self._judged:
            self._judged[key] = _judge(incoming, outgoing, names)
        return self._judged[key]


Grants = list[Grant] | None
"""What a side grants to a peer; nothing where no policy isolates it."""


def _judge(incoming: Grants, outgoing: Grants, names: Names) -> Judged:
    sides = (_ports(incoming, names), _ports(outgoing, names))
    both = port.shared(*sides)
    stated = [ports for ports, grants in zip(sides, (incoming, outgoing), strict=True) if grants]
    one = port.without(port.union(stated), both)
    granted = {(each.policy, each.on(names)) for each in (*(incoming or ()), *(outgoing or ()))}
    return tuple(
        (ports, _of(sorted(granted), ports), is_held)
        for ports, is_held in ((both, False), (one, True))
        if ports
    )


def _of(granted: Iterable[tuple[str, Ports]], ports: Ports) -> tuple[tuple[str, Ports], ...]:
    parts = ((name, port.shared(found, ports)) for name, found in granted)
    return tuple((name, part) for name, part in parts if part)


def _granted(sides: Sides, number: int, peer: int) -> Grants:
    side = sides.get(number)
    return None if side is None else side.grants(peer)


def _identity(grants: Grants) -> tuple[int, ...] | None:
    return None if grants is None else tuple(map(id, grants))


def _ports(grants: Grants, names: Names) -> Ports:
    return port.EVERY if grants is None else port.union(each.on(names) for each in grants)


def _names(
    cluster: Cluster, networks: Mapping[str, Blocks]
) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    """Return everybody's name by number, and the names of networks that are in several classes."""
    parts = {
        name: [each for each in cluster.classes if blocks in each.members]
        for name, blocks in networks.items()
    }
    known: dict[Class, str] = {}
    for name, found in parts.items():
        for each in found:
            known.setdefault(each, name if len(found) == 1 else f"{name} {each}")
    names = [pod.name for pod in cluster.pods]
    names += [known.get(each) or _unnamed(each) for each in cluster.classes]
    return names, {name: tuple(known[each] for each in found) for name, found in parts.items()}


def _unnamed(found: Class) -> str:
    return str(found) if found.members else ELSEWHERE
