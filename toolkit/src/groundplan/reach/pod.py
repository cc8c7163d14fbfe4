"""Pods, and who of them and of all addresses a peer of a network policy means.

Everybody who may take part in a connection has a number: pods by their order, and after them the
classes of addresses.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from groundplan.reach import address, selector
from groundplan.reach.address import Block, Blocks, Network
from groundplan.reach.selector import Labels, Selector

Peer = Mapping[str, Any]
"""A NetworkPolicyPeer as plain values."""
Members = frozenset[int]
NOBODY: Final[Members] = frozenset()


@dataclass(frozen=True, slots=True)
class Pod:
    """All replicas of a component, as policies see them."""

    name: str
    namespace: str
    labels: Labels
    namespace_labels: Labels
    ports: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """Protocol and number of the ports that have a name."""
    networks: tuple[Network, ...] = ()
    """Where its address may be: a block that has one of these addresses is taken to mean it."""


class Cluster:
    """Pods and classes of addresses, found by what peers ask for.

    Args:
        pods: everybody with labels.
        sets: every set of blocks that will be asked for.
    """

    def __init__(self, pods: Sequence[Pod], sets: Iterable[Blocks]) -> None:
        self.pods = tuple(pods)
        self._homes = {pod: _blocks_of(pod) for pod in {each.networks for each in pods}}
        self.classes = tuple(address.classes((*sets, *self._homes.values())))
        self._labelled: dict[tuple[str, str, str], set[int]] = defaultdict(set)
        self._namespaces: dict[str, set[int]] = defaultdict(set)
        self._namespace_labels: dict[str, Labels] = {}
        self._within: dict[Blocks, Members] = {}
        for number, pod in enumerate(self.pods):
            self._add(number, pod)

    @property
    def everybody(self) -> range:
        """All numbers."""
        return range(len(self.pods) + len(self.classes))

    def _add(self, number: int, pod: Pod) -> None:
        self._namespaces[pod.namespace].add(number)
        self._namespace_labels[pod.namespace] = pod.namespace_labels
        for key, value in pod.labels.items():
            self._labelled[pod.namespace, key, value].add(number)

    def select(self, namespace: str, wanted: Selector) -> Members:
        """Return the pods of a namespace that a selector means."""
        sets = [
            self._labelled.get((namespace, key, value), NOBODY)
            for key, value in (wanted.get("matchLabels") or {}).items()
        ]
        found = frozenset(self._namespaces.get(namespace, NOBODY)).intersection(*sets)
        if not wanted.get("matchExpressions"):
            return found
        return frozenset(
            each for each in found if selector.selects(wanted, self.pods[each].labels)
        )

    def peers(self, peers: Iterable[Peer], home: str) -> Members:
        """Return whom some peers of a policy in the namespace `home` mean."""
        peers = tuple(peers)
        found = self.within(blocks(peers))
        return found.union(*(self._pods(peer, home) for peer in peers))

    def _pods(self, peer: Peer, home: str) -> Members:
        pods, namespaces = peer.get("podSelector"), peer.get("namespaceSelector")
        if namespaces is None:
            return NOBODY if pods is None else self.select(home, pods)
        return NOBODY.union(
            *(
                self.select(name, pods or {})
                for name, labels in self._namespace_labels.items()
                if selector.selects(namespaces, labels)
            )
        )

    def within(self, wanted: Blocks) -> Members:
        """Return the classes of addresses in some blocks, and the pods that may be there."""
        if wanted not in self._within:
            self._within[wanted] = frozenset(self._find_within(wanted))
        return self._within[wanted]

    def _find_within(self, wanted: Blocks) -> Iterable[int]:
        inside = [each.members for each in self.classes if wanted in each.members]
        for number, each in enumerate(self.classes, len(self.pods)):
            if wanted in each.members:
                yield number
        homes = {home for members in inside for home in members}
        for number, pod in enumerate(self.pods):
            if self._homes[pod.networks] in homes:
                yield number


def blocks(peers: Iterable[Peer]) -> Blocks:
    """Return the addresses that some peers mean."""
    return frozenset(
        address.block(peer["ipBlock"]) for peer in peers if peer.get("ipBlock") is not None
    )


def _blocks_of(networks: tuple[Network, ...]) -> Blocks:
    return frozenset(map(Block, networks))
