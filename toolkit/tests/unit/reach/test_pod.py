"""Peers of policies mean pods and addresses."""

from ipaddress import ip_network

import pytest

from groundplan.reach import pod
from groundplan.reach.address import Block
from groundplan.reach.pod import Cluster, Pod

OFFICE = frozenset({Block(ip_network("192.0.2.0/24"))})
WITHIN = frozenset({Block(ip_network("10.0.0.0/8"))})


@pytest.fixture
def cluster(pods: list[Pod], others: list[Pod]) -> Cluster:
    """Return a cluster of two namespaces that knows two networks."""
    return Cluster((*pods, *others), (OFFICE, WITHIN))


def names(cluster: Cluster, members: pod.Members) -> set[str]:
    """Return whom some numbers stand for."""
    everybody = [each.name for each in cluster.pods] + [str(each) for each in cluster.classes]
    return {everybody[number] for number in members}


def test_a_selector_means_pods_of_one_namespace(cluster: Cluster) -> None:
    """Those with the labels; all where it is empty; none in a namespace that nobody knows."""
    assert {"web"} == names(cluster, cluster.select("shop", {"matchLabels": {"app": "web"}}))
    assert {"web", "api", "db"} == names(cluster, cluster.select("shop", {}))
    assert set() == names(cluster, cluster.select("nowhere", {}))
    assert set() == names(cluster, cluster.select("shop", {"matchLabels": {"app": "x"}}))


def test_expressions_narrow_labels(cluster: Cluster) -> None:
    """Both hold together."""
    expression = {"key": "app", "operator": "NotIn", "values": ["db"]}
    wanted = {"matchLabels": {"tier": "back"}, "matchExpressions": [expression]}
    assert {"api"} == names(cluster, cluster.select("shop", wanted))


def test_an_empty_peer_means_nobody(cluster: Cluster) -> None:
    """Kubernetes refuses it; it is not taken for everybody."""
    assert set() == names(cluster, cluster.peers([{}], "shop"))


def test_a_block_means_addresses_and_pods_that_may_have_them(cluster: Cluster) -> None:
    """A block around the pods' network means all pods; another one means none."""
    everybody = {"web", "api", "db", "agent", "ops/web"}
    found = names(cluster, cluster.within(WITHIN))
    assert everybody < found
    assert {"192.0.2.0/24"} == names(cluster, cluster.within(OFFICE))


def test_peers_are_added(cluster: Cluster) -> None:
    """Pods and addresses in one list."""
    peers = [
        {"ipBlock": {"cidr": "192.0.2.0/24"}},
        {"podSelector": {"matchLabels": {"app": "db"}}},
    ]
    assert {"192.0.2.0/24", "db"} == names(cluster, cluster.peers(peers, "shop"))


def test_blocks_of_peers_are_one_set() -> None:
    """Peers without a block add nothing."""
    assert OFFICE == pod.blocks([{"ipBlock": {"cidr": "192.0.2.0/24"}}, {"podSelector": {}}])
