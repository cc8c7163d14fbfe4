"""A namespace takes all pods that may ever be there, or it is found."""

from collections.abc import Callable
from typing import Any

import pytest

from groundplan.admission import quota

Object = dict[str, Any]


@pytest.fixture
def limits() -> Object:
    """Return the bounds of a container."""
    item = {
        "type": "Container",
        "max": {"cpu": "500m"},
        "default": {"cpu": "400m"},
        "defaultRequest": {"memory": "1Gi"},
    }
    return {
        "apiVersion": "v1",
        "kind": "LimitRange",
        "metadata": {"name": "limits", "namespace": "shop"},
        "spec": {"limits": [item]},
    }


@pytest.fixture
def hard() -> Object:
    """Return the quota that is just enough for nine replicas."""
    most = {"pods": "9", "requests.cpu": "900m", "limits.cpu": "3600m", "requests.memory": "9Gi"}
    return {
        "apiVersion": "v1",
        "kind": "ResourceQuota",
        "metadata": {"name": "quota", "namespace": "shop"},
        "spec": {"hard": {**most, "services.nodeports": "0"}},
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [("250m", 0.25), ("2", 2.0), ("1.5", 1.5), (3, 3.0), ("64Mi", 64 * 2**20), ("1k", 1000.0)],
)
def test_quantities_are_numbers(text: str | int, expected: float) -> None:
    """As Kubernetes reads them."""
    assert expected == quota.amount(text)


@pytest.mark.parametrize("text", ["", "5 GB", "1mi", "-1", "1ki"])
def test_what_is_no_quantity_is_refused(text: str) -> None:
    """A misspelt unit is not taken for one."""
    with pytest.raises(ValueError, match="such as 250m"):
        quota.amount(text)


def test_what_is_enough_has_no_finding(
    objects: list[Object], limits: Object, hard: Object
) -> None:
    """The most replicas, with defaults where a container says nothing, just fit."""
    assert [] == [str(each) for each in quota.findings([*objects, limits, hard])]


def test_a_large_container_is_found(objects: list[Object], limits: Object, pod: Object) -> None:
    """One that asks for more than any may."""
    pod["containers"][0]["resources"]["limits"] = {"cpu": "0.6"}
    (found,) = quota.findings([*objects, limits])
    assert "must be at most 0.5, is 0.6" == found.must


def test_an_unlimited_container_is_found(objects: list[Object], limits: Object) -> None:
    """Where there is a most and no default, a limit must be said."""
    limits["spec"]["limits"][0]["default"] = {}
    (found,) = quota.findings([*objects, limits])
    assert "must be at most 0.5, is nothing" == found.must


@pytest.mark.parametrize("name", ["pods", "requests.cpu", "limits.cpu", "requests.memory"])
def test_a_small_quota_is_found(
    name: str, objects: list[Object], limits: Object, hard: Object, find: Callable[[str], Object]
) -> None:
    """One replica more at the most is one too many for each of them."""
    find("HorizontalPodAutoscaler")["spec"]["maxReplicas"] = 10
    paths = {each.path for each in quota.findings([*objects, limits, hard])}
    assert f"spec.hard.{name}" in paths


def test_other_namespaces_have_their_own(objects: list[Object], limits: Object) -> None:
    """Bounds of one namespace are none of another's."""
    limits["metadata"]["namespace"] = "other"
    limits["spec"]["limits"][0]["max"] = {"cpu": "1m"}
    assert [] == quota.findings([*objects, limits])
