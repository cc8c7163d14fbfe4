"""Replicas stand in three zones evenly, and the loss of one leaves what budgets promise."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from groundplan.admission import availability, schedule
from groundplan.admission.finding import Object, namespace
from groundplan.admission.pod import Pod, pods
from groundplan.admission.schedule import Node

RENDERS = ("dev", "prod", "own service", "release", "own release", "plain")
ZONES = ("a", "b", "c")
NODES = 4
"""In every zone; enough that only constraints decide."""
Render = Any


def services(render: Render) -> Iterator[Pod]:
    """Yield the pods of every service's Deployment; an exporter has one pod, and nobody waits."""
    found = (each for each in render.of_kind("Deployment")
             if each["metadata"]["name"] in render.platform.services)  # fmt: skip
    deployments = list(pods(found))
    assert len(deployments) == len(render.platform.services)
    yield from deployments


@pytest.mark.parametrize("name", RENDERS)
def test_replicas_stand_evenly(name: str, renders: Mapping[str, Render]) -> None:
    """Three in three zones, ten in 4, 3 and 3; none stays pending."""
    cluster = schedule.nodes(ZONES, NODES)
    for pod in services(renders[name]):
        for replicas, expected in ((3, [1, 1, 1]), (10, [3, 3, 4])):
            placed = schedule.place(pod, cluster, replicas)
            found = sorted(schedule.by_zone(placed).values())
            assert expected == found, (pod.owner["metadata"]["name"], placed)


@pytest.mark.parametrize("name", RENDERS)
def test_the_loss_of_a_zone_leaves_enough(name: str, renders: Mapping[str, Render]) -> None:
    """Whichever zone goes, as many replicas are left as the budget keeps, or two zones hold."""
    objects = renders[name].delivered
    least = availability.fewest(objects)
    budgets = list(renders[name].of_kind("PodDisruptionBudget"))
    judged = 0
    for budget in budgets:
        for pod in availability.budgeted(budget, objects):
            if pod.owner["kind"] == "Deployment":
                _survives(budget, pod, least[_key(pod)])
                judged += 1
    assert len(renders[name].platform.services) == judged


def _survives(budget: Object, pod: Pod, replicas: int) -> None:
    placed = schedule.place(pod, schedule.nodes(ZONES, NODES), replicas)
    assert None not in placed
    # A budget that lets one go at a time cannot hold against a zone in which two stand.
    largest = max(availability.allowed(budget, replicas), math.ceil(replicas / len(ZONES)))
    promised = replicas - largest
    for zone in ZONES:
        left = [node for node in placed if node and node.zone != zone]
        assert len(left) >= promised, (_key(pod), zone)


def _key(pod: Pod) -> tuple[str, str, str]:
    return pod.owner["kind"], namespace(pod.owner), pod.owner["metadata"]["name"]


@pytest.mark.parametrize("name", RENDERS)
def test_they_start_again_where_there_is_room(name: str, renders: Mapping[str, Render]) -> None:
    """With one zone gone for good, what stood there finds a place in the other two.

    A zone whose nodes are gone is no domain any more, so the constraint does not wait for it.
    """
    left: list[Node] = schedule.nodes(ZONES[:2], NODES)
    for pod in services(renders[name]):
        placed = schedule.place(pod, left, 4)
        assert {"a": 2, "b": 2} == schedule.by_zone(placed), pod.owner["metadata"]["name"]


def test_a_pod_without_constraints_would_be_noticed(release: Render) -> None:
    """Negative control: without its constraints a service stands in one zone."""
    pod = next(services(release))
    free = {
        key: value
        for key, value in pod.spec.items()
        if key not in ("affinity", "topologySpreadConstraints")
    }
    loose = Pod(pod.owner, pod.path, pod.labels, pod.annotations, free)
    assert {"a": 3} == schedule.by_zone(schedule.place(loose, schedule.nodes(ZONES, NODES), 3))
