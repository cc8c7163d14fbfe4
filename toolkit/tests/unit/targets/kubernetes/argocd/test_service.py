"""Services of the cluster."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import pinned
from groundplan.targets.kubernetes.argocd import service

MODULE = Path(__file__).parents[6] / "terraform" / "modules" / "cluster" / "variables.tf"


@pytest.fixture
def found(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> dict[str, dict[str, Any]]:
    """Return the applications by name."""
    made = valid(service.objects(reference, in_cluster(reference)))
    return {each["metadata"]["name"]: each for each in made}


def test_every_chart_is_installed_at_its_pinned_version(
    found: dict[str, dict[str, Any]],
) -> None:
    """The table decides; none of its rows is left over."""
    versions = {name: each["spec"]["source"]["targetRevision"] for name, each in found.items()}
    assert {chart.name: chart.version for chart in pinned.CHARTS} == versions


def test_what_eks_installs_is_not_installed_twice(found: dict[str, dict[str, Any]]) -> None:
    """metrics-server and the EBS driver are add-ons that Terraform makes."""
    addons = ("metrics-server", "aws-ebs-csi-driver")
    assert all(f"{each} " in MODULE.read_text() for each in addons)
    assert set() == set(addons) & set(found)


def test_certificates_are_there_before_who_asks_for_them(
    found: dict[str, dict[str, Any]],
) -> None:
    """The load balancer's controller has its own from cert-manager."""
    waves = {
        name: int(each["metadata"]["annotations"]["argocd.argoproj.io/sync-wave"])
        for name, each in found.items()
    }
    assert waves["cert-manager"] < waves["aws-load-balancer-controller"]
    assert max(waves.values()) < 0


def test_namespaces_are_restricted(found: dict[str, dict[str, Any]]) -> None:
    """All but the one that Kubernetes itself made."""
    for each in found.values():
        policy, where = each["spec"]["syncPolicy"], each["spec"]["destination"]["namespace"]
        if where != service.SYSTEM:
            labels = policy["managedNamespaceMetadata"]["labels"]
            assert "restricted" == labels["pod-security.kubernetes.io/enforce"], where
