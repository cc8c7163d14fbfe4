"""Applications stay within the bounds of their projects."""

from collections.abc import Callable
from typing import Any

import pytest

from groundplan.admission import project

Object = dict[str, Any]
REPOSITORY = "https://git.example/shop.git"
CLUSTER = "https://kubernetes.default.svc"


def made(kind: str, spec: Object) -> Object:
    """Return an object of Argo CD."""
    meta = {"name": "shop", "namespace": "argocd"}
    return {"apiVersion": "argoproj.io/v1alpha1", "kind": kind, "metadata": meta, "spec": spec}


@pytest.fixture
def bounds() -> Object:
    """Return a project that may deliver Services and a Namespace."""
    spec = {
        "sourceRepos": [REPOSITORY],
        "destinations": [{"server": CLUSTER, "namespace": "shop"}],
        "clusterResourceWhitelist": [{"group": "", "kind": "Namespace"}],
        "namespaceResourceWhitelist": [{"group": "", "kind": "Service"}],
    }
    return made("AppProject", spec)


@pytest.fixture
def application() -> Object:
    """Return an application of that project."""
    spec = {
        "project": "shop",
        "destination": {"server": CLUSTER, "namespace": "shop"},
        "source": {"repoURL": REPOSITORY, "path": "a"},
    }
    return made("Application", spec)


def test_what_is_within_has_no_finding(
    application: Object, bounds: Object, find: Callable[[str], Object]
) -> None:
    """Kinds, namespaces, repository and destination are all allowed."""
    delivered = [find("Namespace"), find("Service")]
    assert [] == project.findings(application, delivered, [bounds])


def test_a_project_is_there(application: Object) -> None:
    """An application of no project delivers nothing."""
    (found,) = project.findings(application, [], [])
    assert "must be a project of this render, is shop" == found.must


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        ("spec.destination", "destination", {"server": CLUSTER, "namespace": "kube-system"}),
        ("spec.destination", "destination", {"server": "https://other", "namespace": "shop"}),
        ("spec.source.repoURL", "source", {"repoURL": "https://git.example/other.git"}),
        ("spec.source.repoURL", "sources", [{"repoURL": "https://git.example/other.git"}]),
    ],
)
def test_an_application_beyond_its_bounds_is_found(
    path: str, key: str, value: Any, application: Object, bounds: Object
) -> None:
    """Another cluster, namespace or repository is refused."""
    application["spec"][key] = value
    assert [path] == [each.path for each in project.findings(application, [], [bounds])]


@pytest.mark.parametrize("kind", ["PriorityClass", "Deployment"])
def test_a_kind_that_is_not_allowed_is_found(
    kind: str, application: Object, bounds: Object, find: Callable[[str], Object]
) -> None:
    """With a namespace or without one."""
    (found,) = project.findings(application, [find(kind)], [bounds])
    assert "must be allowed to Application argocd/shop" == found.must


def test_another_namespace_is_found(
    application: Object, bounds: Object, find: Callable[[str], Object]
) -> None:
    """An object may not name a namespace that its project has not."""
    find("Service")["metadata"]["namespace"] = "kube-system"
    (found,) = project.findings(application, [find("Service")], [bounds])
    assert "metadata.namespace" == found.path


def test_all_sources_are_read(application: Object) -> None:
    """One source or several."""
    application["spec"]["sources"] = [{"path": "b"}]
    assert ["a", "b"] == [each["path"] for each in project.sources(application)]
