"""Rendered objects are read as policies and pods."""

from ipaddress import IPv4Network
from typing import Any

import pytest

from groundplan.reach import manifest
from groundplan.reach.pod import Pod

NAME = "app.kubernetes.io/name"
PRIVATE = (IPv4Network("10.0.0.0/24"),)
PORTS = [
    {"name": "http", "containerPort": 8080},
    {"name": "names", "containerPort": 53, "protocol": "UDP"},
    {"containerPort": 9},
]


def workload(kind: str, name: str, labels: dict[str, str] | None = None) -> dict[str, Any]:
    """Return a workload whose pods have labels and three ports."""
    pod = {"metadata": {"labels": labels}, "spec": {"containers": [{"ports": PORTS}]}}
    for key in reversed(manifest.TEMPLATES[kind]):
        pod = {key: pod}
    own = {"name": name, "namespace": "shop"}
    return {**pod, "kind": kind, "metadata": {**pod.get("metadata", {}), **own}}


@pytest.mark.parametrize("kind", sorted(manifest.TEMPLATES))
def test_every_kind_of_workload_makes_pods(kind: str) -> None:
    """Named by their component, with the ports that have names."""
    found = manifest.pods([workload(kind, "web", {NAME: "web"})], PRIVATE)
    ports = {"http": ("tcp", 8080), "names": ("udp", 53)}
    namespace = {"kubernetes.io/metadata.name": "shop"}
    assert [Pod("web", "shop", {NAME: "web"}, namespace, ports, PRIVATE)] == found


def test_pods_without_a_component_have_the_workloads_name() -> None:
    """And no labels."""
    (found,) = manifest.pods([workload("Deployment", "strange")])
    assert ("strange", {}) == (found.name, found.labels)


def test_pods_of_one_component_are_one_if_they_are_alike() -> None:
    """Other labels are judged apart."""
    alike = workload("Deployment", "web", {NAME: "web"})
    other = workload("Deployment", "canary", {NAME: "web", "track": "canary"})
    found = manifest.pods([alike, alike, other])
    assert ["web", "web (Deployment canary)"] == [each.name for each in found]


def test_a_namespace_has_its_labels() -> None:
    """Those that it was given, and the one that Kubernetes gives."""
    namespace = {"kind": "Namespace", "metadata": {"name": "shop", "labels": {"team": "a"}}}
    (found,) = manifest.pods([namespace, workload("Deployment", "web")])
    expected = {"team": "a", "kubernetes.io/metadata.name": "shop"}
    assert expected == found.namespace_labels


def test_policies_are_told_from_the_rest() -> None:
    """Only network policies."""
    policy = {"kind": "NetworkPolicy", "metadata": {"name": "x"}}
    assert [policy] == manifest.policies([workload("Job", "a"), policy])
