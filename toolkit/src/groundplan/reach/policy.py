"""Network policies as Kubernetes reads them: what each pod may take in and send out.

Takes policies as plain values. A pod that no policy selects for a direction is open in it; one
that is selected gets only what the rules of all its policies allow together.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from groundplan.reach import pod, port
from groundplan.reach.address import Blocks
from groundplan.reach.group import Direction
from groundplan.reach.pod import Cluster
from groundplan.reach.port import Ports, Range

Policy = Mapping[str, Any]
"""A NetworkPolicy as plain values."""
Rule = Mapping[str, Any]
Names = Mapping[str, tuple[str, int]]
"""Protocol and number of a target's ports that have a name."""
PEERS: Final = {Direction.INGRESS: "from", Direction.EGRESS: "to"}


@dataclass(frozen=True, slots=True)
class Grant:
    """The ports that a rule opens, and the policy that has it."""

    policy: str
    ports: Ports
    named: tuple[tuple[str, str], ...] = ()
    """Protocol and name of ports whose number the target knows."""

    def on(self, names: Names) -> Ports:
        """Return the ports on a target whose ports have these names."""
        known = (
            port.one(names[name][1], protocol)
            for protocol, name in self.named
            if name in names and names[name][0] == protocol
        )
        return port.union((self.ports, *known)) if self.named else self.ports


@dataclass(slots=True)
class Side:
    """What policies say of one pod in one direction."""

    everybody: list[Grant] = field(default_factory=list)
    """Grants that name no peer."""
    peers: dict[int, list[Grant]] = field(default_factory=lambda: defaultdict(list))

    def grants(self, peer: int) -> list[Grant]:
        """Return what is granted to a peer."""
        return [*self.everybody, *self.peers[peer]] if peer in self.peers else self.everybody


Sides = dict[int, Side]
"""The pods that are isolated in a direction; all others are open."""


def sides(policies: Iterable[Policy], cluster: Cluster) -> dict[Direction, Sides]:
    """Return what policies say of every pod that they select."""
    found: dict[Direction, Sides] = {direction: {} for direction in Direction}
    for each in policies:
        for direction in directions(each):
            _apply(each, direction, cluster, found[direction])
    return found


def directions(policy: Policy) -> tuple[Direction, ...]:
    """Return the directions in which a policy isolates; without types, out only with rules."""
    spec = policy["spec"]
    types = spec.get("policyTypes")
    if types:
        return tuple(Direction(each.lower()) for each in types)
    return (Direction.INGRESS, Direction.EGRESS) if spec.get("egress") else (Direction.INGRESS,)


def blocks(policies: Iterable[Policy]) -> Iterator[Blocks]:
    """Yield every set of addresses that a rule names."""
    for each in policies:
        for direction, key in PEERS.items():
            for rule in each["spec"].get(direction) or ():
                yield pod.blocks(rule.get(key) or ())


def _apply(policy: Policy, direction: Direction, cluster: Cluster, found: Sides) -> None:
    spec, metadata = policy["spec"], policy["metadata"]
    home = metadata.get("namespace", "default")
    selected = cluster.select(home, spec.get("podSelector") or {})
    for number in selected:
        found.setdefault(number, Side())
    for rule in spec.get(direction) or ():
        grant = _grant(metadata["name"], rule)
        peers = rule.get(PEERS[direction])
        members = cluster.peers(peers, home) if peers else ()
        for number in selected:
            if not peers:
                found[number].everybody.append(grant)
            for member in members:
                found[number].peers[member].append(grant)


def _grant(policy: str, rule: Rule) -> Grant:
    ports = rule.get("ports")
    if not ports:
        return Grant(policy, port.EVERY)
    named = ((_protocol(each), each["port"]) for each in ports if _is_named(each))
    numbered = [(_range(each),) for each in ports if not _is_named(each)]
    return Grant(policy, port.union(numbered), tuple(named))


def _is_named(written: Rule) -> bool:
    return isinstance(written.get("port"), str)


def _range(written: Rule) -> Range:
    first = written.get("port")
    if first is None:
        return Range(_protocol(written), port.FIRST, port.LAST)
    last = written.get("endPort")
    return Range(_protocol(written), first, first if last is None else last)


def _protocol(written: Rule) -> str:
    return str(written.get("protocol") or "TCP").lower()
