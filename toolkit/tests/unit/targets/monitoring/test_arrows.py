"""Arrows among what watches, and the policies that follow from them."""

from collections.abc import Callable
from typing import Any

from groundplan.model import flow
from groundplan.model.platform import Platform
from groundplan.targets.monitoring import arrows
from groundplan.targets.monitoring.arrows import Arrow


def test_every_arrow_names_parties_that_are_known(reference: Platform) -> None:
    """And has a reason in words."""
    known = arrows.parties(reference)
    for arrow, reason in arrows.arrows(reference).items():
        assert {arrow.origin, arrow.target} <= set(known), arrow
        assert reason


def test_what_the_platform_allows_is_allowed_here_too(reference: Platform) -> None:
    """A connection between namespaces passes a policy at each end."""
    names = {
        flow.PROMETHEUS: "prometheus",
        flow.JAEGER: "jaeger",
        flow.ELASTICSEARCH: "elasticsearch",
        flow.COLLECTOR_GATEWAY: "collector-gateway",
    }
    meant = {(each.origin, each.target, each.port) for each in arrows.arrows(reference)}
    for each in flow.flows(reference):
        if names.keys() & {each.origin, each.target}:
            ends = (names.get(each.origin, each.origin), names.get(each.target, each.target))
            assert (*ends, each.port) in meant, each


def test_nothing_else_is_allowed(
    reference: Platform, clustered: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """Each namespace refuses everything first; a policy opens what an arrow means, both ways."""
    made = arrows.objects(reference, clustered(reference))
    closed = [each for each in made if each["metadata"]["name"] == "default-deny"]
    assert ["elastic-system", "monitoring", "node-agents"] == sorted(
        each["metadata"]["namespace"] for each in closed
    )
    found = valid(made)
    fluentd = found["NetworkPolicy fluentd"]["spec"]
    assert "ingress" not in fluentd
    assert [4318, 5044] == sorted(rule["ports"][0]["port"] for rule in fluentd["egress"])
    jaeger = found["NetworkPolicy jaeger"]["spec"]
    opened = {
        (rule["from"][0]["podSelector"]["matchLabels"][flow.COMPONENT_LABEL],
         rule["ports"][0]["port"])
        for rule in jaeger["ingress"]
    }  # fmt: skip
    assert {("collector-gateway", 4317), ("backend", 16686), ("prometheus", 8888)} == opened


def test_the_api_is_asked_by_the_address_of_its_service(
    platform_with: Callable[[str], Platform], clustered: Callable[..., Any]
) -> None:
    """On one port; where the policy is judged the address is not translated yet."""
    platform = platform_with("")
    asking = {each.origin for each in arrows.arrows(platform) if each.target == arrows.API}
    assert {"prometheus", "grafana", "kube-state-metrics"} < asking
    for each in arrows.objects(platform, clustered(platform)):
        rules = each["spec"].get("egress", [])
        found = [rule for rule in rules if {"ipBlock": {"cidr": "172.20.0.1/32"}} in rule["to"]]
        private = [rule for rule in rules if "10.0.0.0/24" in str(rule["to"])]
        asks = any(443 == rule["ports"][0]["port"] for rule in private)
        assert asks is bool(found), each["metadata"]["name"]
        assert all([443] == [port["port"] for port in rule["ports"]] for rule in found)


def test_the_internet_is_reached_by_notifications_alone(reference: Platform) -> None:
    """And never a private network with them."""
    leaving = [each for each in arrows.arrows(reference) if each.target == arrows.WORLD]
    assert [Arrow("alertmanager", arrows.WORLD, 443)] == leaving
    assert flow.PRIVATE == getattr(arrows.parties(reference)[arrows.WORLD], "outside", None)
