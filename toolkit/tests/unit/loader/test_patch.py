"""Reading patches."""

from pathlib import Path

import pytest

from groundplan.errors import PlatformFileError
from groundplan.loader import patch
from groundplan.model.patch import JsonPatch, Operation, StrategicMerge

MERGE = (
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: backend}\nspec: {x: 1.5, on: yes}\n"
)
JSON = """target: {kind: Service, name: backend}
operations:
- {op: add, path: /spec/x, value: null}
- {op: move, from: /a, path: /b}
"""
ENVIRONMENTS = ("local", "dev")


def write(folder: Path, **files: str) -> Path:
    """Write patches, and return the platform file beside them."""
    for name, text in files.items():
        path = folder / "patches" / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder / "platform.yaml"


def problems(file: Path) -> list[str]:
    """Return what is wrong with dev's patches."""
    with pytest.raises(PlatformFileError) as caught:
        patch.load(file, "dev", ENVIRONMENTS)
    return [f"{each.line} {each.field}: {each.message}" for each in caught.value.problems]


def test_those_for_all_come_before_those_for_one(tmp_path: Path) -> None:
    """In order of their names; another environment's are not read."""
    file = write(tmp_path, b=MERGE, a=JSON, dev__c=MERGE, local__d="broken: [")
    found = patch.load(file, "dev", ENVIRONMENTS)
    assert ["a.yaml", "b.yaml", "c.yaml"] == [Path(each.file).name for each in found]


def test_both_forms_are_read(tmp_path: Path) -> None:
    """A part of an object, and steps with their lines."""
    merge, steps = patch.load(write(tmp_path, a=MERGE, b=JSON), "dev", ENVIRONMENTS)
    assert isinstance(merge, StrategicMerge)
    assert ("Deployment", "backend", "apps/v1", "") == (
        merge.target.kind,
        merge.target.name,
        merge.target.api_version,
        merge.target.namespace,
    )
    assert {"x": 1.5, "on": "yes"} == merge.values["spec"]
    assert isinstance(steps, JsonPatch)
    assert (
        Operation("add", "/spec/x", None, line=3),
        Operation("move", "/b", source="/a", line=4),
    ) == steps.operations


def test_without_a_folder_there_are_none(tmp_path: Path) -> None:
    """Most platforms have none."""
    assert () == patch.load(tmp_path / "platform.yaml", "dev", ENVIRONMENTS)


def test_a_folder_of_no_environment_is_refused(tmp_path: Path) -> None:
    """A patch that would never be applied is a mistake."""
    file = write(tmp_path, dve__a=MERGE)
    assert [" "] == [each[1:2] for each in problems(file)]
    assert "there is no environment `dve`; there are local, dev" in problems(file)[0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kind: Service\n", "1 metadata.name: `name` is missing"),
        ("metadata: {name: a}\n", "1 kind: `kind` is missing"),
        (
            "target: {kind: Service, name: a}\noperations: []\n",
            "2 operations: must be a list of operations",
        ),
        (
            "target: {kind: Service, name: a}\noperations: [{op: ad, path: /a}]\n",
            "2 operations[0].op: op must be one of add, remove, replace, move, copy, test, is ad",
        ),
        (
            "target: {kind: Service, name: a}\noperations: [{op: add, path: /a}]\n",
            "2 operations[0]: `add` must have `value`, has none",
        ),
        (
            "target: {kind: Service, name: a}\noperations: [{op: remove, path: a}]\n",
            "2 operations[0].path: must be a JSON pointer such as /spec/replicas, is a",
        ),
        (
            "target: {kind: Service, nam: a}\noperations: [{op: remove, path: /a}]\n",
            "1 target.nam: unknown key; there are kind, name, apiVersion, namespace",
        ),
    ],
)
def test_what_is_no_patch_is_refused(tmp_path: Path, text: str, found: str) -> None:
    """Where, what must hold, and what is there."""
    assert [found] == problems(write(tmp_path, a=text))
