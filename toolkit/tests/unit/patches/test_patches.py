"""Patches over rendered files."""

import pytest

from groundplan import patches
from groundplan.errors import PlatformFileError
from groundplan.formats import yaml
from groundplan.model.file import File
from groundplan.model.patch import JsonPatch, Operation, StrategicMerge, Target

DEPLOYMENT = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "backend", "namespace": "groundplan"},
    "spec": {"minReadySeconds": 5},
}
FILES = (
    File("kubernetes/backend/deployment.yaml", yaml.dump(DEPLOYMENT)),
    File(
        "kubernetes/backend/kustomization.yaml",
        yaml.dump({"kind": "Kustomization", "resources": ["deployment.yaml", "service.yaml"]}),
    ),
)
BACKEND = Target("Deployment", "backend")


def test_both_kinds_of_patches_are_applied_in_order() -> None:
    """A later patch sees what an earlier one did; other files stay as they are."""
    found = patches.apply(
        FILES,
        [
            StrategicMerge("a.yaml", BACKEND, {"spec": {"minReadySeconds": 7}}),
            JsonPatch("b.yaml", BACKEND, (Operation("test", "/spec/minReadySeconds", 7),)),
        ],
    )
    assert "minReadySeconds: 7" in found[0].content
    assert FILES[1] == found[1]


def test_a_removed_object_leaves_its_kustomization() -> None:
    """The file is gone, and nothing lists it."""
    (left,) = patches.apply(FILES, [StrategicMerge("a.yaml", BACKEND, {"$patch": "delete"})])
    assert "kubernetes/backend/kustomization.yaml" == left.path
    assert "deployment.yaml" not in left.content
    assert "service.yaml" in left.content


def test_all_patches_that_find_nothing_are_told_together() -> None:
    """Each problem names file, line and object, with a hint at what is there."""
    wrong = [
        StrategicMerge("a.yaml", Target("Deployment", "backen"), {}),
        JsonPatch("b.yaml", BACKEND, (Operation("remove", "/spec/minReadySecond", line=4),)),
    ]
    with pytest.raises(PlatformFileError) as caught:
        patches.apply(FILES, wrong)
    assert [
        "a.yaml Deployment backen: finds no Deployment `backen`\n"
        "  hint: did you mean `backend`?\n"
        "  docs: docs/reference/errors.md#gp111",
        "b.yaml:4:1 Deployment backend: there is no /spec/minReadySecond\n"
        "  hint: did you mean `minReadySeconds`?\n"
        "  docs: docs/reference/errors.md#gp111",
    ] == [str(each) for each in caught.value.problems]


def test_the_same_patches_give_the_same_bytes() -> None:
    """Nothing depends on chance, and the given files stay as they were."""
    found = [
        patches.apply(FILES, [StrategicMerge("a.yaml", BACKEND, {"spec": {"paused": True}})])
        for _ in range(2)
    ]
    assert found[0] == found[1]
    assert "paused" not in FILES[0].content
