"""Every arrow has its policies, and nothing else has one."""

from collections.abc import Callable
from typing import Any

import kubernetes_validate
import pytest

from groundplan.model import flow
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import policy
from groundplan.targets.kubernetes.object import plain

PlatformWith = Callable[[str], Platform]
InCluster = Callable[[Platform], Placement]
COPIES = (flow.CACHE_BACKUP, flow.CACHE_RESTORE, flow.CACHE_RESTORE_CHECK)
Folders = dict[str, dict[str, dict[str, Any]]]


def by_name(platform: Platform, where: Placement) -> Folders:
    """Return the policies by folder and name."""
    return {
        folder: {each.metadata.name: plain(each) for each in objects}
        for folder, objects in policy.objects(platform, where).items()
    }


@pytest.fixture(scope="module")
def found(platform_with: PlatformWith, in_cluster: InCluster) -> Folders:
    """Return the policies of the reference, whose backend also calls storage."""
    platform = platform_with("services: {backend: {calls: [database, cache, storage]}}")
    return by_name(platform, in_cluster(platform))


def test_everything_is_refused_first(found: Folders) -> None:
    """In and out, for every pod of the namespace."""
    expected = {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    assert expected == found["namespace"]["default-deny"]["spec"]


def test_every_pod_may_ask_for_names(found: Folders) -> None:
    """Of the pods of kube-dns, in their namespace, and of nobody else."""
    spec = found["namespace"]["dns"]["spec"]
    (rule,) = spec["egress"]
    (peer,) = rule["to"]
    assert ({}, ["Egress"]) == (spec["podSelector"], spec["policyTypes"])
    assert {"matchLabels": {"k8s-app": "kube-dns"}} == peer["podSelector"]
    assert {"matchLabels": {flow.NAMESPACE_LABEL: "kube-system"}} == peer["namespaceSelector"]
    assert [(53, "TCP"), (53, "UDP")] == [
        (each["port"], each["protocol"]) for each in rule["ports"]
    ]


def test_each_folder_has_its_own_side_of_an_arrow(found: Folders) -> None:
    """The callee's in the callee's folder, the caller's in the caller's."""
    assert {
        "backend-from-gateway",
        "backend-from-monitoring.prometheus",
        "backend-to-cache",
        "backend-to-database",
        "backend-to-storage",
        "backend-to-aws.pod-identity",
        "backend-to-collector",
        "backend-to-monitoring.elasticsearch",
        "backend-to-monitoring.jaeger",
        "backend-to-monitoring.prometheus",
    } == set(found["backend"])
    assert {
        "cache-from-authz",
        "cache-from-backend",
        "cache-from-cache-backup",
        "cache-from-cache-exporter",
    } == set(found["cache"])
    away = [f"{name}-to-{to}" for name in COPIES for to in ("storage", "aws.pod-identity")]
    assert {"cache-backup-to-cache", *away} == set(found["jobs"])


def test_what_hooks_need_is_there_before_they_run(found: Folders) -> None:
    """Their policies stand with the namespace."""
    assert {
        "default-deny",
        "dns",
        "accounts-to-database",
        "migrate-backend-to-database",
    } == set(found["namespace"])


def test_an_arrow_between_services_is_two_policies(found: Folders) -> None:
    """Pods of one component to pods of another on one port, and the reason."""
    incoming, outgoing = (
        found["backend"]["backend-from-gateway"],
        found["gateway"]["gateway-to-backend"],
    )
    gateway, backend = (
        {"podSelector": {"matchLabels": {flow.COMPONENT_LABEL: name}}}
        for name in ("gateway", "backend")
    )
    ports = [{"port": 8443, "protocol": "TCP"}]
    assert {
        **backend,
        "policyTypes": ["Ingress"],
        "ingress": [{"from": [gateway], "ports": ports}],
    } == incoming["spec"]
    assert {
        **gateway,
        "policyTypes": ["Egress"],
        "egress": [{"to": [backend], "ports": ports}],
    } == outgoing["spec"]
    assert {"gateway calls backend"} == {
        each["metadata"]["annotations"][policy.REASON] for each in (incoming, outgoing)
    }


def test_networks_are_blocks(found: Folders) -> None:
    """The database's subnets; the world without private networks; the agent's one address."""

    def blocks(name: str) -> list[dict[str, Any]]:
        (rule,) = found["backend"][name]["spec"]["egress"]
        return [each["ipBlock"] for each in rule["to"]]

    assert [{"cidr": f"10.0.{n}.0/24"} for n in (52, 53, 54)] == blocks("backend-to-database")
    assert [{"cidr": "169.254.170.23/32"}] == blocks("backend-to-aws.pod-identity")
    (world,) = blocks("backend-to-storage")
    assert ("0.0.0.0/0", True) == (world["cidr"], "169.254.0.0/16" in world["except"])


def test_names_differ_whatever_services_are_called(
    platform_with: PlatformWith, in_cluster: InCluster
) -> None:
    """Services whose names look like arrows get names with dots."""
    run = "kind: service, run: {command: [x]}"
    platform = platform_with(
        f"services: {{a-to-b: {{{run}, calls: [c]}}, a: {{{run}, calls: [b-to-c]}}, "
        f"b-to-c: {{{run}}}, c: {{{run}}}}}"
    )
    names = [
        name for policies in by_name(platform, in_cluster(platform)).values() for name in policies
    ]
    assert sorted(set(names)) == sorted(names)
    assert {"a-to-b.to.c", "a.to.b-to-c"} <= set(names)


@pytest.mark.parametrize("version", ["1.28", "1.33", "1.36"])
def test_policies_are_valid(version: str, found: Folders) -> None:
    """By the strict schemas of Kubernetes, the oldest and the newest."""
    policies = [each for folder in found.values() for each in folder.values()]
    for each in policies:
        kubernetes_validate.validate(each, version, strict=True)
    assert len(policies) > 20
