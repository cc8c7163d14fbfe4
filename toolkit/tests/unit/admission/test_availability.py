"""Scaling, evictions and endings work; where they cannot, it is found."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from groundplan.admission import availability

Object = dict[str, Any]
Find = Callable[[str], Object]
Spoil = Callable[[Find, Object], object]


def test_what_works_has_no_finding(objects: list[Object]) -> None:
    """Nothing is said of a service that scales, lets go and ends."""
    assert [] == availability.findings(objects)


def hook(pod: Object, **handler: Any) -> None:
    """Give the container another hook before its end."""
    pod["containers"][0]["lifecycle"] = {"preStop": handler}


SPOILED: dict[str, tuple[str, Spoil]] = {
    "target missing": (
        "spec.scaleTargetRef: must be a workload of this render, is Deployment nobody",
        lambda find, pod: find("HorizontalPodAutoscaler")["spec"]["scaleTargetRef"].update(
            name="nobody"
        ),
    ),
    "replicas set twice": (
        "Deployment shop/backend: spec.replicas: must be left to HorizontalPodAutoscaler",
        lambda find, pod: find("Deployment")["spec"].update(replicas=3),
    ),
    "fewest above most": (
        "spec.minReplicas: must be at most 9, is 10",
        lambda find, pod: find("HorizontalPodAutoscaler")["spec"].update(minReplicas=10),
    ),
    "nothing to measure against": (
        "resources.requests: must have cpu: it is scaled by it",
        lambda find, pod: pod["containers"][0].update(resources={}),
    ),
    "budget of all": (
        "PodDisruptionBudget shop/backend: spec: must leave room to evict one of 3, leaves none",
        lambda find, pod: find("PodDisruptionBudget")["spec"].update(minAvailable=3),
    ),
    "budget of a share": (
        "must leave room to evict one of 3, leaves none",
        lambda find, pod: find("PodDisruptionBudget")["spec"].update(minAvailable="70%"),
    ),
    "budget of none": (
        "must leave room to evict one of 3, leaves none",
        lambda find, pod: find("PodDisruptionBudget").update(
            spec={"maxUnavailable": 0, "selector": find("Deployment")["spec"]["selector"]}
        ),
    ),
    "grace as long as a command": (
        "lifecycle.preStop: must end before the 10 s of the pod's grace, takes 10 s",
        lambda find, pod: pod.update(terminationGracePeriodSeconds=10),
    ),
    "grace unsaid": (
        "must end before the 30 s of the pod's grace, takes 45 s",
        lambda find, pod: (
            pod.pop("terminationGracePeriodSeconds"),
            hook(pod, exec={"command": ["sh", "-c", "sleep 45"]}),
        ),
    ),
    "grace beside a sleep": (
        "must end before the 40 s of the pod's grace, takes 60 s",
        lambda find, pod: hook(pod, sleep={"seconds": 60}),
    ),
}
"""What is spoiled, what must be said, and how."""


@pytest.mark.parametrize("name", SPOILED)
def test_what_cannot_work_is_found(
    name: str, objects: list[Object], find: Find, pod: Object
) -> None:
    """One thing spoiled is found, and said."""
    said, spoil = SPOILED[name]
    spoil(find, pod)
    found = [str(each) for each in availability.findings(objects)]
    assert any(said in each for each in found), found


def test_a_pod_has_one_budget(objects: list[Object], find: Find) -> None:
    """Kubernetes evicts no pod that two budgets speak of."""
    again = copy.deepcopy(find("PodDisruptionBudget"))
    again["metadata"]["name"] = "again"
    (found,) = availability.findings([*objects, again])
    assert "Deployment shop/backend" == found.object


def test_limits_stand_for_requests(objects: list[Object], pod: Object) -> None:
    """Where only a limit is said, Kubernetes asks for as much."""
    pod["containers"][0]["resources"] = {"limits": {"cpu": "1"}}
    assert [] == availability.findings(objects)


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"minAvailable": 2}, 1),
        ({"minAvailable": "50%"}, 1),
        ({"minAvailable": "34%"}, 1),
        ({"minAvailable": "33%"}, 2),
        ({"maxUnavailable": 1}, 1),
        ({"maxUnavailable": "25%"}, 1),
        ({"maxUnavailable": "0%"}, 0),
        ({}, 2),
    ],
)
def test_shares_are_rounded_up(spec: Object, expected: int) -> None:
    """Of three replicas a budget lets go as many as Kubernetes would."""
    assert expected == availability.allowed({"spec": spec}, 3)


def test_the_fewest_replicas_are_the_scalers(objects: list[Object], find: Find) -> None:
    """The autoscaler's least number counts, and the workload's own where it has none."""
    key = ("Deployment", "shop", "backend")
    assert 3 == availability.fewest(objects)[key]
    objects.remove(find("HorizontalPodAutoscaler"))
    assert 1 == availability.fewest(objects)[key]
