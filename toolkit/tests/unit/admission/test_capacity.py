"""Whether nodes hold the pods of an environment."""

from collections.abc import Callable
from typing import Any

from groundplan.admission import capacity
from groundplan.admission.capacity import Demand, Node
from groundplan.model.instance import GIBI
from groundplan.model.platform import Platform

NODES = [Node("main", 1.6, 4 * GIBI, 3, lasts=True), Node("spare", 3.2, 16 * GIBI, 1, lasts=False)]


def test_what_fits_is_not_mentioned() -> None:
    """Beside what runs on every node."""
    asked = [Demand("daemon", 0.1, GIBI, everywhere=True), Demand("one", 1.0, 3 * GIBI, 3)]
    assert [] == capacity.findings(asked, NODES)


def test_a_pod_must_fit_a_node_that_lasts() -> None:
    """The larger node is AWS's to take back."""
    [found] = capacity.findings([Demand("large", 0.1, 5 * GIBI)], NODES)
    assert ("large", "memory") == (found.object, found.path)
    [found] = capacity.findings([Demand("busy", 1.8, GIBI)], NODES)
    assert ("busy", "cpu") == (found.object, found.path)


def test_daemons_take_their_part_of_each_node() -> None:
    """What alone would fit does not fit beside them."""
    asked = [Demand("daemon", 0.1, GIBI, everywhere=True), Demand("one", 1.0, 3.5 * GIBI)]
    assert ["one"] == [each.object for each in capacity.findings(asked, NODES)]


def test_all_together_must_fit_all_nodes() -> None:
    """At the most nodes."""
    found = capacity.findings([Demand("many", 0.1, 2 * GIBI, 20)], NODES)
    assert [("all pods", "memory")] == [(each.object, each.path) for each in found]


def test_demands_are_read_from_objects_charts_and_operators() -> None:
    """As many copies as each may have; jobs are left out."""
    requests = {"resources": {"requests": {"cpu": "250m", "memory": "2Gi"}}}
    pod = {"spec": {"containers": [requests, requests]}}

    def one(kind: str, version: str, **spec: Any) -> dict[str, Any]:
        meta = {"name": kind.lower(), "namespace": "shop"}
        return {"apiVersion": version, "kind": kind, "metadata": meta, "spec": spec}

    objects = [
        one("Deployment", "apps/v1", replicas=3, template=pod),
        one("DaemonSet", "apps/v1", template=pod),
        one("Job", "batch/v1", template=pod),
        one("Kibana", "kibana.k8s.elastic.co/v1", count=2, podTemplate=pod),
    ]
    found = capacity.of_objects(objects)
    assert [(3, False), (1, True), (2, False)] == [
        (each.copies, each.everywhere) for each in found
    ]
    assert {(0.5, 4 * GIBI)} == {(each.cpu, each.memory) for each in found}
    values = {"operator": requests, "spec": {"replicas": 2, **requests}, "name": "chart"}
    assert [1, 2] == [each.copies for each in capacity.of_values("chart", values)]


def test_a_node_counts_as_the_smallest_that_it_may_be(
    platform_with: Callable[[str], Platform],
) -> None:
    """A group of types that nobody knows counts for nothing."""
    group = "{{instanceTypes: [{}], min: 1, desired: 2, max: 5}}"
    groups = f"main: {group.format('t3.large, t3.medium')}, spare: {group.format('x9.huge')}"
    [found] = capacity.nodes(platform_with(f"cluster: {{nodeGroups: {{{groups}}}}}"))
    assert ("main", 0.8 * 2, 0.8 * 4 * GIBI, 5) == (
        found.group,
        found.cpu,
        found.memory,
        found.most,
    )
