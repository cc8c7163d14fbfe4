"""Strategic merge."""

from typing import Any

import pytest

from groundplan.patches import merge
from groundplan.patches.error import PatchError

POD = {
    "containers": [
        {
            "name": "backend",
            "image": "a",
            "args": ["one", "two"],
            "env": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}],
            "ports": [{"containerPort": 8443, "name": "https"}],
        },
        {"name": "side", "image": "b"},
    ],
    "tolerations": [{"key": "a"}],
    "nodeSelector": {"zone": "a"},
}


def deployment(spec: Any, version: str = "apps/v1", kind: str = "Deployment") -> dict[str, Any]:
    """Return a workload with a pod."""
    return {"apiVersion": version, "kind": kind, "spec": {"template": {"spec": spec}}}


def merged(patch: Any) -> Any:
    """Lay a patch over the pod."""
    found = merge.merge(deployment(POD), {"spec": {"template": {"spec": patch}}})
    assert found
    return found["spec"]["template"]["spec"]


def test_items_of_a_list_are_merged_by_their_key() -> None:
    """A container and a variable are changed where they stand; new ones follow."""
    change = {"env": [{"name": "B", "value": "3"}, {"name": "C", "value": "4"}]}
    first, second = merged({"containers": [{"name": "backend", **change}]})["containers"]
    assert ["1", "3", "4"] == [each["value"] for each in first["env"]]
    assert ("a", ["one", "two"]) == (first["image"], first["args"])
    assert POD["containers"][1] == second


def test_a_list_without_a_key_is_replaced() -> None:
    """Arguments and tolerations have no merge key in Kubernetes."""
    found = merged(
        {"tolerations": [{"key": "b"}], "containers": [{"name": "side", "args": ["x"]}]}
    )
    assert [{"key": "b"}] == found["tolerations"]
    assert ["x"] == found["containers"][1]["args"]


def test_null_removes_a_key() -> None:
    """So does Kubernetes."""
    assert "nodeSelector" not in merged({"nodeSelector": None})


@pytest.mark.parametrize(
    ("patch", "left"),
    [
        ({"containers": [{"name": "side", "$patch": "delete"}]}, ["backend"]),
        ({"containers": [{"$patch": "replace"}, {"name": "new"}]}, ["new"]),
        ({"containers": [{"name": "new"}]}, ["backend", "side", "new"]),
    ],
)
def test_directives_on_items(patch: Any, left: list[str]) -> None:
    """An item is removed, or all are replaced."""
    assert left == [each["name"] for each in merged(patch)["containers"]]


def test_a_mapping_is_replaced_or_removed() -> None:
    """`$patch` in a mapping is about that mapping."""
    assert {"b": "c"} == merged({"nodeSelector": {"$patch": "replace", "b": "c"}})["nodeSelector"]
    assert "nodeSelector" not in merged({"nodeSelector": {"$patch": "delete"}})


def test_values_are_taken_out_of_a_list() -> None:
    """`$deleteFromPrimitiveList` names the list in the key."""
    values = {"apiVersion": "v1", "kind": "Service", "metadata": {"finalizers": ["a", "b"]}}
    found = merge.merge(values, {"metadata": {"$deleteFromPrimitiveList/finalizers": ["a"]}})
    assert found
    assert ["b"] == found["metadata"]["finalizers"]


def test_finalizers_are_united() -> None:
    """A list of plain values that Kubernetes merges gets what it has not."""
    values = {"apiVersion": "v1", "kind": "Service", "metadata": {"finalizers": ["a"]}}
    found = merge.merge(values, {"metadata": {"finalizers": ["a", "b"]}})
    assert found
    assert ["a", "b"] == found["metadata"]["finalizers"]


def test_lists_of_operators_kinds_are_replaced() -> None:
    """A custom resource has no merge keys."""
    values = deployment(POD, "argoproj.io/v1alpha1", "Rollout")
    found = merge.merge(values, {"spec": {"template": {"spec": {"containers": [{"name": "x"}]}}}})
    assert found
    assert [{"name": "x"}] == found["spec"]["template"]["spec"]["containers"]


def test_the_whole_object_can_go() -> None:
    """`$patch: delete` at the top."""
    assert merge.merge(deployment(POD), {"$patch": "delete"}) is None


@pytest.mark.parametrize(
    ("patch", "message"),
    [
        (
            {"containers": [{"name": "sid", "$patch": "delete"}]},
            "removes `sid` of spec.template.spec.containers, which is not there",
        ),
        (
            {"nodeSelectors": None},
            "removes spec.template.spec.nodeSelectors, which is not there",
        ),
        (
            {"containers": [{"image": "x"}]},
            "an item of spec.template.spec.containers must have `name`, by which items are merged",
        ),
        (
            {"nodeSelector": {"$patch": "remove"}},
            "$patch of spec.template.spec.nodeSelector must be one of delete, replace, merge,"
            " is remove",
        ),
        (
            {"$retainKeys": ["x"]},
            "the directive $retainKeys of spec.template.spec is not known",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(patch: Any, message: str) -> None:
    """A place that is not there, and words that mean nothing."""
    with pytest.raises(PatchError) as caught:
        merged(patch)
    assert message == caught.value.message


def test_what_is_given_stays_as_it_is() -> None:
    """The object is not changed in place."""
    before = repr(POD)
    merged({"containers": [{"name": "backend", "env": [{"name": "A", "$patch": "delete"}]}]})
    assert before == repr(POD)
