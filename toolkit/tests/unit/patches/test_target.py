"""Finding the object of a patch."""

import pytest

from groundplan.formats import yaml
from groundplan.model.file import File
from groundplan.model.patch import Target
from groundplan.patches import target
from groundplan.patches.error import PatchError


def file(kind: str, name: str, namespace: str = "shop", version: str = "v1") -> File:
    """Return a file with an object."""
    meta = {"name": name, "namespace": namespace}
    values = {"apiVersion": version, "kind": kind, "metadata": meta}
    return File(f"kubernetes/{namespace}/{kind.lower()}-{name}.yaml", yaml.dump(values))


FILES = (
    file("Service", "backend"),
    file("ConfigMap", "backend"),
    file("ConfigMap", "twice", "one"),
    file("ConfigMap", "twice", "two"),
    File("kubernetes/kustomization.yaml", "kind: Kustomization\nresources: []\n"),
)


def test_kind_and_name_are_enough() -> None:
    """An object is found by its kind and its name."""
    assert FILES[1].path == target.find(FILES, Target("ConfigMap", "backend"))


def test_a_namespace_tells_two_apart() -> None:
    """Where two have the name, the namespace decides."""
    assert FILES[3].path == target.find(FILES, Target("ConfigMap", "twice", namespace="two"))


@pytest.mark.parametrize(
    ("wanted", "message", "hint"),
    [
        (Target("Service", "backned"), "finds no Service `backned`", "did you mean `backend`?"),
        (Target("Servise", "backend"), "finds no Servise at all", "did you mean `Service`?"),
        (
            Target("Service", "backend", api_version="v2"),
            "finds no such object; the one of this name is v1, namespace shop",
            "",
        ),
        (
            Target("ConfigMap", "twice"),
            "must be one object, is 2: kubernetes/one/configmap-twice.yaml,"
            " kubernetes/two/configmap-twice.yaml",
            "name its namespace or apiVersion too",
        ),
    ],
)
def test_what_is_not_one_object_is_refused(wanted: Target, message: str, hint: str) -> None:
    """The message says what is there instead."""
    with pytest.raises(PatchError) as caught:
        target.find(FILES, wanted)
    assert (message, hint) == (caught.value.message, caught.value.hint)
