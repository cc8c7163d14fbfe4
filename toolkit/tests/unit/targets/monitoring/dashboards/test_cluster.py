"""The dashboard of the cluster."""

from collections.abc import Callable

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.dashboards import cluster
from groundplan.targets.monitoring.dashboards.board import Board

Asked = Callable[[Board], dict[str, set[str]]]


def test_it_shows_nodes_pods_and_what_ends(reference: Platform, asked: Asked) -> None:
    """Nodes, pods, disks and certificates."""
    made = cluster.board(reference)
    assert "cluster" == made.uid
    named = set().union(*asked(made).values())
    assert {"node_cpu_seconds_total", "kube_node_info"} <= named
    assert "certmanager_certificate_expiration_timestamp_seconds" in named
