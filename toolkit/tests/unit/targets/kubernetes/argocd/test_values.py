"""Our values for the charts."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import pinned
from groundplan.targets.kubernetes.argocd import values


@pytest.fixture
def found(reference: Platform, in_cluster: Callable[..., Any]) -> dict[str, Mapping[str, Any]]:
    """Return the values by the chart's name."""
    placed = in_cluster(reference, outputs={"vpc_id": "vpc-1"})
    return {chart.name: held for chart, held in values.of_charts(reference, placed).items()}


def _sections(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        yield value
        for each in value.values():
            yield from _sections(each)


def test_every_chart_has_values(found: dict[str, Mapping[str, Any]]) -> None:
    """None is installed as it comes."""
    assert {chart.name for chart in pinned.CHARTS} == set(found)


def test_each_is_bounded_in_cpu_and_memory(found: dict[str, Mapping[str, Any]]) -> None:
    """A controller that grows without end would take its node along."""
    for name, held in found.items():
        bounds = [each["resources"] for each in _sections(held) if "resources" in each]
        assert bounds, name
        assert all({"requests", "limits"} == set(each) for each in bounds), name


def test_service_accounts_are_those_that_have_rights_in_aws(
    found: dict[str, Mapping[str, Any]],
) -> None:
    """Terraform gives roles to these names; another name would have none."""
    autoscaler = found["cluster-autoscaler"]["rbac"]["serviceAccount"]["name"]
    assert "cluster-autoscaler" == autoscaler
    for name in ("aws-load-balancer-controller", "external-dns", "external-secrets"):
        assert name == found[name]["serviceAccount"]["name"]


def test_the_autoscaler_finds_its_groups_by_the_clusters_name(
    found: dict[str, Mapping[str, Any]],
) -> None:
    """Their least and most nodes are the file's, by way of Terraform."""
    held = found["cluster-autoscaler"]
    assert {"clusterName": "groundplan-prod"} == held["autoDiscovery"]
    assert "us-east-1" == held["awsRegion"]


def test_pods_of_what_watches_are_replaced_with_their_secrets_too(
    found: dict[str, Mapping[str, Any]],
) -> None:
    """Reloader looks at the platform's namespace and at those of what watches."""
    selected = found["reloader"]["reloader"]["namespaceSelector"]
    assert "kubernetes.io/metadata.name in (groundplan,monitoring,node-agents)" == selected


def test_the_controller_is_told_its_network(found: dict[str, Mapping[str, Any]]) -> None:
    """It cannot ask the node: one hop is too few for a pod."""
    assert "vpc-1" == found["aws-load-balancer-controller"]["vpcId"]


def test_names_are_written_in_our_zone_alone(found: dict[str, Mapping[str, Any]]) -> None:
    """Records of others are left alone, even in the same zone."""
    held = found["external-dns"]
    assert (["groundplan.example"], "groundplan-prod") == (
        held["domainFilters"],
        held["txtOwnerId"],
    )
