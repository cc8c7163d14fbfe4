"""Pods that nobody has yet and that policies already let through.

A peer that means no pod of today is open for the first one that fits. For each such peer a
witness is made that fits, so that the opening is seen before somebody uses it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from groundplan.model.flow import NAMESPACE_LABEL
from groundplan.reach.pod import Cluster, Peer, Pod
from groundplan.reach.policy import PEERS, Policy, directions
from groundplan.reach.selector import Labels, Selector

ANY: Final = "any"
"""The value of a label that must only be there."""


def witnesses(policies: Iterable[Policy], cluster: Cluster) -> list[Pod]:
    """Return a pod for every peer that means nobody of a cluster."""
    found: dict[str, Pod] = {}
    for home, peer in _peers(policies):
        if "ipBlock" not in peer and not cluster.peers([peer], home):
            pod = _fitting(peer, home)
            found[pod.name] = pod
    return list(found.values())


def _peers(policies: Iterable[Policy]) -> Iterator[tuple[str, Peer]]:
    for each in policies:
        home = each["metadata"].get("namespace", "default")
        for direction in directions(each):
            for rule in each["spec"].get(direction) or ():
                yield from ((home, peer) for peer in rule.get(PEERS[direction]) or ())


def _fitting(peer: Peer, home: str) -> Pod:
    pods, namespaces = peer.get("podSelector"), peer.get("namespaceSelector")
    labels = _labels(pods or {})
    if namespaces is None:
        return Pod(f"{home}/{_words(labels)}", home, labels, {NAMESPACE_LABEL: home})
    around = _labels(namespaces)
    name = around.get(NAMESPACE_LABEL, _words(around))
    return Pod(f"{name}/{_words(labels)}", name, labels, {NAMESPACE_LABEL: name, **around})


def _labels(selector: Selector) -> Labels:
    """Return labels that a selector asks for."""
    found = dict(selector.get("matchLabels") or {})
    for each in selector.get("matchExpressions") or ():
        if each["operator"] in ("In", "Exists"):
            found.setdefault(each["key"], next(iter(each.get("values") or ()), ANY))
    return found


def _words(labels: Mapping[str, str]) -> str:
    return ",".join(f"{key}={value}" for key, value in labels.items()) or ANY
