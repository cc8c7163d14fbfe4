"""Elasticsearch and Kibana as their operator reads them."""

from collections.abc import Callable
from typing import Any

import pytest

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.elastic import cluster

Found = dict[str, dict[str, Any]]


@pytest.fixture
def found(reference: Platform, clustered: Callable[..., Any], valid: Callable[..., Any]) -> Found:
    """Return the objects by `Kind name`."""
    made: Found = valid(cluster.objects(reference, clustered(reference)))
    return made


def test_a_zone_may_be_lost(
    platform_with: Callable[[str], Platform],
    clustered: Callable[..., Any],
    valid: Callable[..., Any],
) -> None:
    """A node a zone, three at the least, each strictly in its own, where the nodes allow it."""
    large = "{instanceTypes: [t3.large], min: 1, desired: 3, max: 20}"
    platform = platform_with(f"cluster: {{nodeGroups: {{main: {large}}}}}")
    found = valid(cluster.objects(platform, clustered(platform)))
    (nodes,) = found["Elasticsearch elasticsearch"]["spec"]["nodeSets"]
    assert 3 == nodes["count"]
    (spread,) = nodes["podTemplate"]["spec"]["topologySpreadConstraints"]
    assert "DoNotSchedule" == spread["whenUnsatisfiable"]
    labels = nodes["podTemplate"]["metadata"]["labels"]
    assert spread["labelSelector"]["matchLabels"].items() <= labels.items()


def test_no_container_changes_the_kernel_as_root(found: Found) -> None:
    """It works without memory maps; its containers may do no more than others."""
    (nodes,) = found["Elasticsearch elasticsearch"]["spec"]["nodeSets"]
    assert nodes["config"]["node.store.allow_mmap"] is False
    (container,) = nodes["podTemplate"]["spec"]["containers"]
    assert container["securityContext"]["runAsNonRoot"] is True
    assert ["ALL"] == container["securityContext"]["capabilities"]["drop"]


def test_all_trust_it_by_one_authority(found: Found) -> None:
    """Its certificate is ours, in the name of the service that the operator makes."""
    http = found["Elasticsearch elasticsearch"]["spec"]["http"]["tls"]["certificate"]
    certificate = found["Certificate elasticsearch"]["spec"]
    assert certificate["secretName"] == http["secretName"]
    assert "elasticsearch-es-http.monitoring.svc.cluster.local" in certificate["dnsNames"]


def test_what_it_holds_goes_only_on_a_word(found: Found) -> None:
    """Argo CD asks; disks stay when the cluster goes."""
    meta = found["Elasticsearch elasticsearch"]["metadata"]
    assert "Prune=confirm,Delete=confirm" == meta["annotations"]["argocd.argoproj.io/sync-options"]
    spec = found["Elasticsearch elasticsearch"]["spec"]
    assert "DeleteOnScaledownOnly" == spec["volumeClaimDeletePolicy"]


def test_kibana_tells_nobody_of_its_use(found: Found) -> None:
    """It asks the one cluster and reports to none."""
    spec = found["Kibana kibana"]["spec"]
    assert "elasticsearch" == spec["elasticsearchRef"]["name"]
    assert spec["config"]["telemetry.optIn"] is False
