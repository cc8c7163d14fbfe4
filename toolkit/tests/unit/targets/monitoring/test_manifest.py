"""Objects around the platform: what they are called, and in which files they stand."""

from collections.abc import Callable
from typing import Any

import yaml

from groundplan.model.platform import Platform
from groundplan.targets.monitoring import manifest
from groundplan.targets.monitoring.manifest import Maker

Clustered = Callable[..., Any]


def test_an_object_says_what_it_belongs_to(reference: Platform, clustered: Clustered) -> None:
    """By the labels that selectors, rules and people ask for."""
    maker = Maker(reference, clustered(reference), "jaeger")
    found = maker.make("v1 Service", {"spec": {}}, annotations={"a": "b"}, more={"x": "1"})
    assert ("v1", "Service", "monitoring") == (
        found["apiVersion"],
        found["kind"],
        found["metadata"]["namespace"],
    )
    assert {"app.kubernetes.io/name": "jaeger"} == maker.selector["matchLabels"]
    assert "1" == found["metadata"]["labels"]["x"]
    assert {"a": "b"} == found["metadata"]["annotations"]


def test_another_hand_than_ours_removes_what_is_left_over(
    reference: Platform, clustered: Clustered
) -> None:
    """Argo CD alone delivers these; what `./run deploy` removes says that it is managed by us."""
    labels = manifest.labels(reference, clustered(reference), "jaeger")
    assert "argocd" == labels["app.kubernetes.io/managed-by"]


def test_a_folder_lists_its_files(reference: Platform, clustered: Clustered) -> None:
    """One object a file, named by kind and name; another namespace is part of the name."""
    placed = clustered(reference)
    ours = Maker(reference, placed, "jaeger")
    away = Maker(reference, placed, "jaeger", manifest.AGENTS)
    around = manifest.around(reference, placed, "other")
    made = [each.make("v1 Service", {}) for each in (ours, away, around)]
    files = {each.path: each.content for each in manifest.folder("jaeger", made)}
    names = ["service-other.yaml", "service.node-agents.yaml", "service.yaml"]
    assert [f"jaeger/{name}" for name in names] == sorted(
        set(files) - {"jaeger/kustomization.yaml"}
    )
    assert names == yaml.safe_load(files["jaeger/kustomization.yaml"])["resources"]
    assert "namespace" not in yaml.safe_load(files["jaeger/service-other.yaml"])["metadata"]


def test_another_file_is_another_digest() -> None:
    """So pods are replaced when their configuration changes, and only then."""
    assert manifest.digest({"a": "1"}) == manifest.digest({"a": "1"})
    assert manifest.digest({"a": "1"}) != manifest.digest({"a": "2"})
