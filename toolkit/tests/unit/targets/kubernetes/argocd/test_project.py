"""Projects: bounds of what may be delivered where."""

from collections.abc import Callable
from typing import Any

import pytest

from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import argocd, observability, pinned
from groundplan.targets.kubernetes.argocd import project


@pytest.fixture
def projects(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> dict[str, dict[str, Any]]:
    """Return the specifications of all projects by name."""
    found = valid(project.objects(reference, in_cluster(reference)))
    return {each["metadata"]["name"]: each["spec"] for each in found}


def test_the_default_allows_nothing(projects: dict[str, dict[str, Any]]) -> None:
    """An application that names no project goes nowhere."""
    default = projects["default"]
    keys = (
        "sourceRepos",
        "destinations",
        "clusterResourceWhitelist",
        "namespaceResourceWhitelist",
    )
    assert [[], [], [], []] == [default[key] for key in keys]


def test_nothing_is_allowed_by_a_wildcard(projects: dict[str, dict[str, Any]]) -> None:
    """Repositories, namespaces and kinds are all named."""
    assert "*" not in str(projects)


def test_the_platform_may_bring_every_kind_that_we_render_and_no_secret(
    projects: dict[str, dict[str, Any]], rendered: Callable[..., dict[str, Any]]
) -> None:
    """A kind that is rendered and not allowed would stop every delivery."""
    platform = projects["groundplan"]
    lists = ("clusterResourceWhitelist", "namespaceResourceWhitelist")
    allowed = {(each["group"], each["kind"]) for key in lists for each in platform[key]}
    kinds = {
        (each["apiVersion"].rpartition("/")[0], each["kind"])
        for path, each in rendered().items()
        if not path.startswith((argocd.FOLDER, observability.FOLDER))
        and not path.endswith("kustomization.yaml")
    }
    assert set() == kinds - allowed
    assert ("", "Secret") not in allowed


def test_services_of_the_cluster_come_from_their_own_repositories(
    projects: dict[str, dict[str, Any]],
) -> None:
    """Each chart's repository is named, and the platform's is not among them."""
    expected = sorted({chart.repository for chart in pinned.CHARTS})
    assert expected == projects["cluster-services"]["sourceRepos"]
    assert {"groundplan"} == {each["namespace"] for each in projects["groundplan"]["destinations"]}
