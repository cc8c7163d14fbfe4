"""Alerts about services."""

from collections.abc import Callable

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.rules import services
from groundplan.targets.monitoring.rules.window import Clock

Made = Callable[[str], Platform]


def names(platform: Platform) -> list[str]:
    (group,) = services.groups(platform, Clock())
    return [str(rule.name) for rule in group.rules]


def test_who_gives_metrics_is_missed_when_gone(platform_with: Made) -> None:
    """One alert for each, since each is absent by itself."""
    assert 4 == names(platform_with("")).count("ServiceDown")
    only = platform_with("objectives: {signals: {frontend: [logs], authz: []}}")
    assert 2 == names(only).count("ServiceDown")


def test_who_gives_none_is_not_asked(platform_with: Made) -> None:
    """A platform without metrics has no replica to miss; the gateway knows of services."""
    silent = platform_with("objectives: {signals: null}")
    assert {"ReplicaDown", "ReplicaFlapping"}.isdisjoint(names(silent))
    assert 1 == names(silent).count("ServiceDown")


def test_of_a_service_of_ones_own_the_gateway_is_asked(platform_with: Made) -> None:
    """Ten lines of a file are enough to be told that it is down."""
    own = """
services:
  shop: {kind: service, run: {command: [serve]}, routes: [/api/shop]}
  worker: {kind: service, run: {command: [work]}, calls: [database]}
"""
    (group,) = services.groups(platform_with(own), Clock())
    down = {rule.labels["service"]: rule.expression for rule in group.rules
            if rule.name == "ServiceDown"}  # fmt: skip
    assert 'max(envoy_cluster_membership_healthy{envoy_cluster_name="shop"}) == 0' == down["shop"]
    assert "worker" not in down
