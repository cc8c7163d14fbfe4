"""What is rendered for a platform opens exactly what the file means."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundplan import loader
from groundplan.loader import extend
from groundplan.model import flow, placement
from groundplan.model.platform import STORES, Platform
from groundplan.model.service import Kind
from groundplan.reach import world
from groundplan.reach.matrix import Difference
from groundplan.targets.kubernetes import policy
from groundplan.targets.kubernetes.object import plain

ROOT = Path(__file__).parents[4]
OWN = ROOT / "examples/own-service/platform.yaml"
AGREED = Difference((), ())
Policies = list[dict[str, Any]]


def policies(platform: Platform) -> Policies:
    """Return the policies of a platform as plain values."""
    where = placement.in_kubernetes(
        (*platform.services, *STORES),
        namespace=platform.name,
        domain=platform.domain,
        environment="prod",
        encrypted=platform.security.encryption.in_transit,
    )
    folders = policy.objects(platform, where)
    return [plain(each) for folder in folders.values() for each in folder]


def judge(platform: Platform, found: Policies) -> Difference:
    """Return the difference of policies to what a platform means."""
    return world.judge(platform, found, world.pods(platform))[1]


@pytest.mark.parametrize(
    ("file", "environment"),
    [(extend.REFERENCE, "dev"), (extend.REFERENCE, "prod"), (OWN, "dev"), (OWN, "prod")],
)
def test_nothing_is_missing_and_nothing_extra(file: Path, environment: str) -> None:
    """0 missing and 0 extra, of more than twenty openings."""
    platform = loader.load(file, environment)
    found, difference = world.judge(platform, policies(platform), world.pods(platform))
    assert AGREED == difference
    assert len(found.open) > 20
    assert found.open == found.openings


def test_every_setting_of_arrows_agrees(platform_with: Callable[[str], Platform]) -> None:
    """Storage, no encryption, no cache that lasts, and names that look like arrows."""
    for text in (
        "services: {backend: {calls: [database, cache, storage]}}",
        "security: {encryption: {inTransit: false}}",
        "cache: {persistence: {enabled: false}}",
        "services: {a-to-b: {kind: service, run: {command: [x]}, calls: [c]}, "
        "a: {kind: service, run: {command: [x]}, calls: [b-to-c]}, "
        "b-to-c: {kind: service, run: {command: [x]}}, c: {kind: service, run: {command: [x]}}}",
    ):
        platform = platform_with(text)
        assert (text, AGREED) == (text, judge(platform, policies(platform)))


def test_removing_any_policy_is_seen(reference: Platform) -> None:
    """An arrow is missing; without the default, everything that nobody opens is extra."""
    whole = policies(reference)
    for number, removed in enumerate(whole):
        name = removed["metadata"]["name"]
        found = judge(reference, whole[:number] + whole[number + 1 :])
        seen = found.extra if name == "default-deny" else found.missing
        assert seen, name


def without_one(found: Policies) -> Iterator[tuple[str, Policies]]:
    """Yield the policies without one peer or one port, each in its turn."""
    for number, each in enumerate(found):
        for direction, key in (("ingress", "from"), ("egress", "to")):
            for rule, rules in enumerate(each["spec"].get(direction, ())):
                for part in (key, "ports"):
                    for place in range(len(rules[part])):
                        changed = deepcopy(found)
                        left = changed[number]["spec"][direction]
                        del left[rule][part][place]
                        if not left[rule][part]:
                            del left[rule]
                        yield f"{each['metadata']['name']} {part} {place}", changed


def test_removing_any_peer_or_port_of_a_rule_is_seen(
    platform_with: Callable[[str], Platform],
) -> None:
    """Every part of every rule is needed: without it a flow is missing."""
    platform = platform_with("services: {backend: {calls: [database, cache, storage]}}")
    names = []
    for name, changed in without_one(policies(platform)):
        names.append(name)
        assert judge(platform, changed).missing, name
    assert len(names) > 40


BROAD = {
    "everybody in": {"podSelector": {}, "ingress": [{}]},
    "everybody out": {"podSelector": {}, "policyTypes": ["Egress"], "egress": [{}]},
    "every pod of the namespace": {
        "podSelector": {},
        "ingress": [{"from": [{"podSelector": {}}]}],
    },
    "every namespace": {"podSelector": {}, "ingress": [{"from": [{"namespaceSelector": {}}]}]},
    "the VPC": {"podSelector": {}, "ingress": [{"from": [{"ipBlock": {"cidr": "10.0.0.0/16"}}]}]},
    "one port of one pod": {
        "podSelector": {"matchLabels": {"app.kubernetes.io/name": "cache"}},
        "ingress": [{"from": [{"podSelector": {}}], "ports": [{"port": 16379}]}],
    },
    "the metadata of machines": {
        "podSelector": {"matchLabels": {"app.kubernetes.io/name": "backend"}},
        "policyTypes": ["Egress"],
        "egress": [{"to": [{"ipBlock": {"cidr": "169.254.169.254/32"}}], "ports": [{"port": 80}]}],
    },
    "whoever is called like ours": {
        "podSelector": {"matchLabels": {"app.kubernetes.io/name": "backend"}},
        "ingress": [
            {
                "from": [
                    {
                        "namespaceSelector": {},
                        "podSelector": {"matchLabels": {"app.kubernetes.io/name": "gateway"}},
                    }
                ],
                "ports": [{"port": 8443}],
            }
        ],
    },
}


@pytest.mark.parametrize("spec", BROAD.values(), ids=BROAD)
def test_a_policy_too_many_is_named(spec: dict[str, Any], reference: Platform) -> None:
    """It is extra by its name, and takes nothing away."""
    more = {"metadata": {"name": "too-broad", "namespace": reference.name}, "spec": spec}
    found = judge(reference, [*policies(reference), more])
    assert () == found.missing
    assert found.extra
    assert {True} == {"too-broad" in each.policies for each in found.extra}


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_one_arrow_more_or_less_is_one_difference(
    data: st.DataObject, platform_with: Callable[[str], Platform]
) -> None:
    """Policies of a platform with other calls differ by exactly those calls."""
    names = ["one", "two", "three"]
    calls = {
        name: data.draw(st.sets(st.sampled_from([*names[:number], "database", "cache"])))
        for number, name in enumerate(names)
    }
    made = ", ".join(
        f"{name}: {{kind: service, run: {{command: [x]}}, calls: [{', '.join(sorted(found))}]}}"
        for name, found in calls.items()
    )
    plain = ", ".join(f"{name}: {{kind: service, run: {{command: [x]}}}}" for name in names)
    meant = platform_with(f"services: {{{made}}}")
    other = platform_with(f"services: {{{plain}}}")
    assert AGREED == judge(meant, policies(meant))
    found = judge(meant, policies(other))
    assert set(flow.flows(meant)) - set(flow.flows(other)) == set(found.missing)
    assert () == found.extra
    assert {(each.origin, each.target) for each in found.missing} == {
        (each.origin, each.target) for each in judge(other, policies(meant)).extra
    }


def test_strangers_are_among_those_who_are_judged(reference: Platform) -> None:
    """Pods without labels, and pods that carry the labels of ours elsewhere."""
    names = {each.name for each in world.strangers(reference, world.pods(reference))}
    strangers = {"elsewhere/anybody", "elsewhere/backend", f"{reference.name}/anybody"}
    assert strangers | {"elsewhere/kube-dns", f"{reference.name}/prometheus"} <= names
    watching = [flow.PROMETHEUS, flow.JAEGER, flow.ELASTICSEARCH, flow.COLLECTOR_GATEWAY]
    assert [flow.DNS, *watching] == [each.name for each in world.others(reference)]


def many(platform: Platform, services: int) -> Platform:
    """Return a platform of so many services, each with ten arrows and all behind the gateway."""
    found = dict(platform.services)
    own = found["backend"].model_copy(update={"kind": Kind.SERVICE})
    for number in range(services - len(found)):
        others = tuple(f"service-{each}" for each in range(max(0, number - 7), number))
        calls = ("database", "cache", "storage", *others)
        found[f"service-{number}"] = own.model_copy(update={"calls": calls})
    behind = tuple(name for name in found if name.startswith("service-"))
    calls = (*found["gateway"].calls, *behind)
    found["gateway"] = found["gateway"].model_copy(update={"calls": calls})
    return platform.model_copy(update={"services": found})


def test_five_hundred_services_are_judged_in_seconds(reference: Platform) -> None:
    """Work grows with the arrows, not with the square of the services."""
    platform = many(reference, 500)
    found = policies(platform)
    began = process_time()
    matrix, difference = world.judge(platform, found, world.pods(platform))
    assert process_time() - began < 10
    assert AGREED == difference
    assert len(matrix.open) > 6000
