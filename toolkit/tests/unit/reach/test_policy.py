"""Policies mean what the specification of Kubernetes says."""

from collections.abc import Callable

import pytest

from groundplan.reach import policy
from groundplan.reach.group import Direction

DENY = "{podSelector: {}, policyTypes: [Ingress, Egress]}"
TO_API = "podSelector: {matchLabels: {app: api}}"
FROM_WEB = "from: [{podSelector: {matchLabels: {app: web}}}]"


def ingress(rule: str) -> str:
    """Return a policy that lets into api what a rule says."""
    return f"{{{TO_API}, policyTypes: [Ingress], ingress: [{{{rule}}}]}}"


def egress(rule: str) -> str:
    """Return a policy that lets out of web what a rule says."""
    selector = "podSelector: {matchLabels: {app: web}}"
    return f"{{{selector}, policyTypes: [Egress], egress: [{{{rule}}}]}}"


NAMESPACE = "namespaceSelector: {matchLabels: {team: ops}}"
EXPRESSION = "from: [{{podSelector: {{matchExpressions: [{{{}}}]}}}}]"
BLOCK = "from: [{{ipBlock: {{{}}}}}]"

CASES = {
    # isolation
    "no policy: all is open": ("{podSelector: {matchLabels: {app: none}}}", True),
    "a selected pod takes nothing in without rules": (
        "{podSelector: {}, policyTypes: [Ingress]}", False),
    "another pod stays open": ("{podSelector: {matchLabels: {app: db}}}", True),
    "an origin that is isolated lets nothing out": (
        "{podSelector: {}, policyTypes: [Egress]}", False),
    "isolated for egress only, a pod still takes in": (
        f"{{{TO_API}, policyTypes: [Egress]}}", True),
    "without types it is ingress": (f"{{{TO_API}}}", False),
    "without types and with egress rules it is both": (
        "{podSelector: {matchLabels: {app: web}}, egress: [{to: [{podSelector: {}}]}]}", True),
    "without types an empty list of egress rules isolates nothing": (
        "{podSelector: {matchLabels: {app: web}}, egress: []}", True),
    "rules of a direction that is no type are not read": (
        f"{{{TO_API}, policyTypes: [Egress], ingress: []}}", True),
    # who
    "an empty rule lets everybody in": (ingress(""), True),
    "an empty from lets everybody in": (ingress("from: []"), True),
    "no rules let nobody in": (f"{{{TO_API}, policyTypes: [Ingress], ingress: []}}", False),
    "a pod by its label": (ingress(FROM_WEB), True),
    "a pod without the label": (
        ingress("from: [{podSelector: {matchLabels: {app: db}}}]"), False),
    "an empty pod selector is the whole namespace": (ingress("from: [{podSelector: {}}]"), True),
    "all labels must be there": (
        ingress("from: [{podSelector: {matchLabels: {app: web, tier: back}}}]"), False),
    "a namespace alone is all its pods, and not ours": (
        ingress(f"from: [{{{NAMESPACE}}}]"), False),
    "an empty namespace selector is everybody's pods": (
        ingress("from: [{namespaceSelector: {}}]"), True),
    "two peers are either": (
        ingress(f"from: [{{{NAMESPACE}}}, {{podSelector: {{matchLabels: {{app: web}}}}}}]"), True),
    "two selectors in one peer are both": (
        ingress(f"from: [{{{NAMESPACE}, podSelector: {{matchLabels: {{app: web}}}}}}]"), False),
    # expressions
    "In": (ingress(EXPRESSION.format("key: app, operator: In, values: [web, x]")), True),
    "In, another value": (
        ingress(EXPRESSION.format("key: app, operator: In, values: [x]")), False),
    "NotIn": (ingress(EXPRESSION.format("key: app, operator: NotIn, values: [web]")), False),
    "NotIn, without the key": (
        ingress(EXPRESSION.format("key: zone, operator: NotIn, values: [web]")), True),
    "Exists": (ingress(EXPRESSION.format("key: tier, operator: Exists")), True),
    "Exists, without the key": (ingress(EXPRESSION.format("key: zone, operator: Exists")), False),
    "DoesNotExist": (ingress(EXPRESSION.format("key: tier, operator: DoesNotExist")), False),
    # ports
    "the port": (ingress(f"{FROM_WEB}, ports: [{{port: 8080}}]"), True),
    "another port": (ingress(f"{FROM_WEB}, ports: [{{port: 8081}}]"), False),
    "no ports are all ports": (ingress(f"{FROM_WEB}, ports: []"), True),
    "a protocol alone is all its ports": (
        ingress(f"{FROM_WEB}, ports: [{{protocol: TCP}}]"), True),
    "another protocol": (ingress(f"{FROM_WEB}, ports: [{{port: 8080, protocol: UDP}}]"), False),
    "in a range": (ingress(f"{FROM_WEB}, ports: [{{port: 8000, endPort: 8080}}]"), True),
    "after a range": (ingress(f"{FROM_WEB}, ports: [{{port: 8000, endPort: 8079}}]"), False),
    "a port by its name": (ingress(f"{FROM_WEB}, ports: [{{port: web}}]"), True),
    "a name of another protocol": (
        ingress(f"{FROM_WEB}, ports: [{{port: names, protocol: TCP}}]"), False),
    "a name that the target has not": (ingress(f"{FROM_WEB}, ports: [{{port: other}}]"), False),
    "the target's name for a port, on the way out": (egress("ports: [{port: web}]"), True),
    # addresses
    "a block that may have the pod's address": (ingress(BLOCK.format("cidr: 10.0.0.0/8")), True),
    "a block that leaves the pod out": (
        ingress(BLOCK.format("cidr: 10.0.0.0/8, except: [10.0.0.0/16]")), False),
    "a block elsewhere": (ingress(BLOCK.format("cidr: 192.0.2.0/24")), False),
    # together
    "policies add up": (f"{DENY}\n---\n{ingress('')}\n---\n{egress('')}", True),
    "one side is not enough": (f"{DENY}\n---\n{ingress('')}", False),
    "nor is the other": (f"{DENY}\n---\n{egress('')}", False),
    "rules add up": (
        ingress("from: [{podSelector: {matchLabels: {app: db}}}]}, {" + FROM_WEB), True),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_policies_mean_what_kubernetes_says(
    text: str, expected: bool, reaches: Callable[[str, str, str, int, str], bool]
) -> None:
    """Whether web reaches api on TCP 8080."""
    assert expected == reaches(text, "web", "api", 8080, "tcp")


OUTSIDE = {
    "a block lets a network in": (BLOCK.format("cidr: 192.0.2.0/24"), "office", True),
    "but not its exception": (
        BLOCK.format("cidr: 192.0.0.0/8, except: [192.0.2.0/24]"), "office", False),
    "a block of everything": (BLOCK.format("cidr: 0.0.0.0/0"), "any other address", False),
    "pod selectors mean no addresses": ("from: [{namespaceSelector: {}}]", "office", False),
    "an empty rule lets addresses in": ("", "any other address", True),
    "a namespace by its label": (f"from: [{{{NAMESPACE}}}]", "agent", True),
    "a pod of a namespace": (
        f"from: [{{{NAMESPACE}, podSelector: {{matchLabels: {{app: web}}}}}}]", "ops/web", True),
    "and no other pod of it": (
        f"from: [{{{NAMESPACE}, podSelector: {{matchLabels: {{app: web}}}}}}]", "agent", False),
    "a pod selector alone stays at home": (FROM_WEB, "ops/web", False),
    "a namespace by an expression": (
        "from: [{namespaceSelector: {matchExpressions: [{key: critical, operator: Exists}]}}]",
        "agent", True),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "origin", "expected"), OUTSIDE.values(), ids=OUTSIDE)
def test_who_comes_from_outside(
    rule: str, origin: str, expected: bool, reaches: Callable[[str, str, str, int, str], bool]
) -> None:
    """Whether somebody outside of the namespace reaches api."""
    assert expected == reaches(ingress(rule), origin, "api", 8080, "tcp")


def test_a_policy_selects_its_own_namespace_only() -> None:
    """Without a type it isolates for ingress; with egress rules for both."""
    assert (Direction.INGRESS,) == policy.directions({"spec": {"podSelector": {}}})
    both = (Direction.INGRESS, Direction.EGRESS)
    assert both == policy.directions({"spec": {"podSelector": {}, "egress": [{}]}})


def test_sets_of_addresses_are_found_in_both_directions() -> None:
    """Each rule's blocks count as one set."""
    spec = {
        "ingress": [{"from": [{"ipBlock": {"cidr": "10.0.0.0/8"}}]}],
        "egress": [{"to": [{"podSelector": {}}]}],
    }
    found = list(policy.blocks([{"spec": spec}]))
    assert [1, 0] == [len(each) for each in found]
