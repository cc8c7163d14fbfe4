"""On which nodes the replicas of a workload come to stand: a small scheduler.

It knows what decides on spread: topology spread constraints and anti-affinity to the workload's
own pods, hard and soft ones, and room for so many replicas on a node. Replicas are placed one
after the other, each on the node that fits and scores best; among equals the first node's name
decides, so that the same question has the same answer.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from groundplan.admission.pod import Pod
from groundplan.admission.selector import matches

ZONE: Final = "topology.kubernetes.io/zone"
HOSTNAME: Final = "kubernetes.io/hostname"
HARD: Final = "requiredDuringSchedulingIgnoredDuringExecution"
SOFT: Final = "preferredDuringSchedulingIgnoredDuringExecution"
SPREAD_WEIGHT: Final = 100
"""What a soft constraint weighs beside preferences, whose own weights are 1 to 100."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node, its labels, and for how many replicas it has room."""

    name: str
    zone: str
    room: int = 100

    @property
    def labels(self) -> Mapping[str, str]:
        """What constraints know it by."""
        return {ZONE: self.zone, HOSTNAME: self.name}


def nodes(zones: Sequence[str], each: int, room: int = 100) -> list[Node]:
    """Return as many nodes in every zone."""
    return [Node(f"{zone}-{number}", zone, room) for zone in zones for number in range(each)]


def place(pod: Pod, cluster: Sequence[Node], replicas: int) -> list[Node | None]:
    """Return the node of every replica; none for one that stays pending."""
    placed: list[Node | None] = []
    for _ in range(replicas):
        placed.append(_next(pod, cluster, [node for node in placed if node]))
    return placed


def by_zone(placed: Sequence[Node | None]) -> dict[str, int]:
    """Return how many replicas stand in each zone that has any."""
    return dict(sorted(Counter(node.zone for node in placed if node).items()))


def _next(pod: Pod, cluster: Sequence[Node], placed: Sequence[Node]) -> Node | None:
    taken = Counter(node.name for node in placed)
    fitting = [
        node
        for node in cluster
        if taken[node.name] < node.room and _fits(pod, node, cluster, placed)
    ]
    return min(fitting, key=lambda node: (_cost(pod, node, placed), node.name), default=None)


def _fits(pod: Pod, node: Node, cluster: Sequence[Node], placed: Sequence[Node]) -> bool:
    for spread in _spreads(pod):
        if spread["whenUnsatisfiable"] != "DoNotSchedule":
            continue
        key = spread["topologyKey"]
        there = _count(placed, key)
        domains = {each.labels[key] for each in cluster}
        # Fewer domains than asked for count as if the missing ones were empty.
        short = len(domains) < spread.get("minDomains", 1)
        fewest = 0 if short else min(there[domain] for domain in domains)
        if there[node.labels[key]] + 1 - fewest > spread["maxSkew"]:
            return False
    return not any(
        matches(term.get("labelSelector"), pod.labels)
        and _count(placed, term["topologyKey"])[node.labels[term["topologyKey"]]]
        for term in _apart(pod).get(HARD) or ()
    )


def _cost(pod: Pod, node: Node, placed: Sequence[Node]) -> int:
    """Return how much soft constraints speak against a node."""
    cost = 0
    for spread in _spreads(pod):
        if spread["whenUnsatisfiable"] == "ScheduleAnyway":
            key = spread["topologyKey"]
            cost += SPREAD_WEIGHT * _count(placed, key)[node.labels[key]]
    for weighted in _apart(pod).get(SOFT) or ():
        term = weighted["podAffinityTerm"]
        if matches(term.get("labelSelector"), pod.labels):
            key = term["topologyKey"]
            cost += weighted["weight"] * _count(placed, key)[node.labels[key]]
    return cost


def _spreads(pod: Pod) -> list[Mapping[str, Any]]:
    """Return the constraints that count the pod's own replicas."""
    return [
        spread
        for spread in pod.spec.get("topologySpreadConstraints") or ()
        if matches(spread.get("labelSelector"), pod.labels)
    ]


def _apart(pod: Pod) -> Mapping[str, Any]:
    return (pod.spec.get("affinity") or {}).get("podAntiAffinity") or {}


def _count(placed: Sequence[Node], key: str) -> Counter[str]:
    return Counter(node.labels[key] for node in placed)
