"""Replicas come to stand where a scheduler would put them."""

from typing import Any

from groundplan.admission import pod, schedule
from groundplan.admission.pod import Pod

Object = dict[str, Any]
ZONES = ("a", "b", "c")


def pod_of(objects: list[Object]) -> Pod:
    """Return the Deployment's pod."""
    return next(pod.pods(objects))


def apart(spec: Object, how: str, key: str) -> None:
    """Keep the pod's replicas apart."""
    term = {
        "topologyKey": key,
        "labelSelector": spec["topologySpreadConstraints"][0]["labelSelector"],
    }
    held = term if how == schedule.HARD else {"weight": 100, "podAffinityTerm": term}
    spec["affinity"] = {"podAntiAffinity": {how: [held]}}


def test_replicas_are_spread_over_zones(objects: list[Object]) -> None:
    """Three stand in three zones, ten in 4, 3 and 3."""
    cluster = schedule.nodes(ZONES, 4)
    for replicas, expected in ((3, [1, 1, 1]), (10, [3, 3, 4])):
        placed = schedule.place(pod_of(objects), cluster, replicas)
        assert expected == sorted(schedule.by_zone(placed).values())


def test_without_constraints_they_are_not(objects: list[Object], pod: Object) -> None:
    """Negative control: nothing but constraints spreads them."""
    del pod["topologySpreadConstraints"]
    placed = schedule.place(pod_of(objects), schedule.nodes(ZONES, 4), 3)
    assert {"a": 3} == schedule.by_zone(placed)


def test_a_hard_constraint_leaves_replicas_pending(objects: list[Object]) -> None:
    """With room in one zone only, a second replica of it would be one too many."""
    cluster = [
        schedule.Node("a-0", "a"),
        schedule.Node("b-0", "b", room=0),
        schedule.Node("c-0", "c", room=0),
    ]
    placed = schedule.place(pod_of(objects), cluster, 3)
    assert [cluster[0], None, None] == placed


def test_a_soft_constraint_does_not(objects: list[Object], pod: Object) -> None:
    """What only prefers spread takes what there is, and spreads where it can."""
    pod["topologySpreadConstraints"][0]["whenUnsatisfiable"] = "ScheduleAnyway"
    narrow = [schedule.Node("a-0", "a"), schedule.Node("b-0", "b", room=1)]
    assert {"a": 2, "b": 1} == schedule.by_zone(schedule.place(pod_of(objects), narrow, 3))


def test_missing_zones_count_as_empty(objects: list[Object], pod: Object) -> None:
    """Where three domains are asked for, two do not take a third replica."""
    pod["topologySpreadConstraints"][0]["minDomains"] = 3
    placed = schedule.place(pod_of(objects), schedule.nodes(("a", "b"), 4), 3)
    assert (2, None) == (len([node for node in placed if node]), placed[-1])


def test_hard_affinity_allows_one_a_node(objects: list[Object], pod: Object) -> None:
    """No node takes a second one."""
    apart(pod, schedule.HARD, schedule.HOSTNAME)
    placed = schedule.place(pod_of(objects), schedule.nodes(ZONES, 1), 4)
    assert [None] == placed[3:]
    assert 3 == len({node.name for node in placed if node})


def test_soft_affinity_prefers_empty_nodes(objects: list[Object], pod: Object) -> None:
    """Six replicas stand on six nodes, and a seventh where there is one already."""
    apart(pod, schedule.SOFT, schedule.HOSTNAME)
    placed = schedule.place(pod_of(objects), schedule.nodes(ZONES, 2), 7)
    assert 6 == len({node.name for node in placed[:6] if node})
    assert placed[6] is not None
