"""A verdict says what is open, why, and what is not as meant."""

from collections.abc import Callable
from typing import Any

import pytest

from groundplan.model import flow, way
from groundplan.model.flow import Flow
from groundplan.model.platform import Platform
from groundplan.reach import group, verdict
from groundplan.reach.group import Direction, Rule
from groundplan.reach.verdict import Verdict

Judged = Callable[..., Verdict]
MORE = Rule("database", Direction.INGRESS, "0.0.0.0/0", 5432, 5432, "tcp")


def test_a_platform_is_as_meant(judged: Judged) -> None:
    """Pods and security groups open what the file says, and each flow passes both."""
    assert [] == list(judged().faults())


def test_every_opening_has_its_reason(judged: Judged) -> None:
    """By its origin and target."""
    found = judged()
    reasons = found.explained()
    assert "backend calls cache" == reasons["backend", "cache"]
    assert {(each.origin, each.target) for each in found.matrix.open} == set(reasons)


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        ("backend-to-cache", "closed: backend to cache tcp 6379 (backend calls cache)"),
        ("dns", "closed: cache to kube-system/kube-dns udp 53 (names of services)"),
    ],
)
def test_a_missing_policy_is_a_fault(without: str, expected: str, judged: Judged) -> None:
    """In words, with what it is for."""
    assert expected in list(judged(without=without).faults())


def test_a_policy_too_many_is_a_fault(judged: Judged, reference: Platform) -> None:
    """With its name."""
    more = {
        "kind": "NetworkPolicy",
        "metadata": {"name": "mine", "namespace": reference.name},
        "spec": {"podSelector": {}, "ingress": [{}]},
    }
    assert "open: elsewhere/anybody to cache any port (by mine)" in list(
        judged(more=more).faults()
    )


def test_workloads_that_nobody_means_are_faults(judged: Judged, reference: Platform) -> None:
    """A pod beside those of the file asks for names, and no arrow says so."""
    meta = {"name": "extra", "namespace": reference.name}
    template = {"metadata": {"labels": {flow.COMPONENT_LABEL: "extra"}}, "spec": {}}
    more: dict[str, Any] = {"kind": "Deployment", "metadata": meta, "spec": {"template": template}}
    expected = "open: extra to kube-system/kube-dns tcp 53, udp 53 (by dns)"
    assert [expected] == list(judged(more=more).faults())


def test_groups_are_judged_too(judged: Judged, rules: set[Rule]) -> None:
    """A rule too many, one too few, and the flows that the latter holds."""
    assert [f"open: {MORE} (no way needs this rule)"] == list(
        judged(rules=rules | {MORE}).faults()
    )
    needed = group.needs(way.Way(way.NODES, way.DATABASE_GROUP, 5432))
    found = judged(rules=rules - needed)
    assert (way.Way(way.NODES, way.DATABASE_GROUP, 5432),) == found.groups.missing
    assert Flow("backend", "database", 5432) in found.held
    assert any(each.startswith("closed by security groups: backend") for each in found.faults())


def test_parties_can_be_asked_for(judged: Judged) -> None:
    """Pods, networks and security groups."""
    assert {"backend", "database", flow.LOAD_BALANCER, way.NODES} <= judged().parties()


def test_objects_of_other_kinds_are_passed_over(reference: Platform, rules: set[Rule]) -> None:
    """Nothing rendered is everything missing."""
    found = verdict.judge(reference, [{"kind": "Service", "metadata": {"name": "x"}}], rules)
    assert len(flow.flows(reference)) == len(found.pods.missing)


def test_a_flow_takes_a_way_between_groups() -> None:
    """Pods share their nodes' group; what stays on the node takes none."""
    found = [
        verdict.way_of(Flow(origin, target, 1), way.INTERNET)
        for origin, target in (
            ("backend", "cache"),
            ("backend", "database"),
            (flow.LOAD_BALANCER, "frontend"),
            ("backend", "storage"),
            ("backend", flow.POD_IDENTITY),
        )
    ]
    assert [
        way.Way(way.NODES, way.NODES, 1),
        way.Way(way.NODES, way.DATABASE_GROUP, 1),
        way.Way(way.LOAD_BALANCER, way.NODES, 1),
        way.Way(way.NODES, way.INTERNET, 1),
        None,
    ] == found


def test_buckets_are_reached_with_nat_and_without(
    platform_with: Callable[[str], Platform],
) -> None:
    """By the internet or by the list of S3: the groups hold no flow to storage, nor any other."""
    calls = "services: {backend: {calls: [database, cache, storage]}}"
    for nat in ("none", "single"):
        platform = platform_with(f"network: {{nat: {nat}}}\n{calls}")
        rules = {rule for each in way.ways(platform) for rule in group.needs(each)}
        assert () == verdict.judge(platform, [], rules).held
        opened = group.needs(way.Way(way.NODES, way.storage(platform), 443))
        held = {each.target for each in verdict.judge(platform, [], rules - opened).held}
        assert {"storage"} == held
