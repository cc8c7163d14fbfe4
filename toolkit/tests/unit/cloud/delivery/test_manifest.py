"""Rendered objects as delivery knows them."""

from typing import Any

import pytest

from groundplan.cloud.delivery import manifest
from groundplan.cloud.delivery.manifest import Object
from groundplan.model.file import File

TEXT = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api, namespace: shop}\n"


def of(kind: str, **rest: Any) -> Object:
    """Return an object."""
    return Object({"apiVersion": "v1", "kind": kind, "metadata": {"name": "x"}, **rest})


def test_only_objects_are_read() -> None:
    """Kustomizations, and the files of other targets, are none."""
    files = (
        File("kubernetes/api/deployment.yaml", TEXT),
        File("kubernetes/api/kustomization.yaml", "kind: Kustomization\n"),
        File("gateway/envoy.yaml", "kind: Deployment\n"),
        File("kubernetes/README.md", "words\n"),
    )
    (found,) = manifest.read(files)
    assert ("Deployment api", "deployment.v1.apps") == (found.title, found.type)
    assert ("apps", "Deployment", "shop", "api") == found.identity


def test_what_argo_cd_reads_is_not_applied() -> None:
    """kubectl leaves the folder of Argo CD alone."""
    found = [
        Object({"kind": "A"}, "kubernetes/argocd/a.yaml"),
        Object({"kind": "B"}, "kubernetes/b"),
    ]
    assert ["B"] == [each.kind for each in manifest.applied(found)]


@pytest.mark.parametrize(
    ("found", "holds_data"),
    [
        (of("PersistentVolumeClaim"), True),
        (of("Namespace"), True),
        (of("StatefulSet", spec={"volumeClaimTemplates": [{}]}), True),
        (of("StatefulSet", spec={}), False),
        (of("Deployment"), False),
    ],
)
def test_what_holds_data(found: Object, holds_data: bool) -> None:
    """Claims, namespaces, and sets that have claims."""
    assert holds_data == found.holds_data


def test_images_are_told_by_the_names_of_containers() -> None:
    """Of the pods of every kind; what has no pods has none."""
    spec = {"template": {"spec": {"containers": [{"name": "api", "image": "registry/api"}]}}}
    first = {"template": {"spec": {"initContainers": [{"name": "first"}]}}}
    found = [of("Deployment", spec=spec), of("Job", spec=first), of("ConfigMap")]
    assert {"api": "registry/api", "first": ""} == manifest.images(found)


def test_hooks_have_their_wave() -> None:
    """Argo CD's annotations say when a job runs."""
    notes = {"argocd.argoproj.io/hook": "PreSync", "argocd.argoproj.io/sync-wave": "-2"}
    found = Object({"kind": "Job", "metadata": {"name": "x", "annotations": notes}})
    assert ("PreSync", -2) == (found.hook, found.wave)
    assert ("", 0) == (of("Job").hook, of("Job").wave)
