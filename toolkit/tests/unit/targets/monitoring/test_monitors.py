"""What Prometheus collects in a cluster."""

from collections.abc import Callable
from typing import Any

import pytest

from groundplan.model.platform import Platform
from groundplan.targets.monitoring import monitors

Found = dict[str, dict[str, Any]]


@pytest.fixture
def found(reference: Platform, clustered: Callable[..., Any], valid: Callable[..., Any]) -> Found:
    """Return the monitors by name."""
    made = valid(monitors.objects(reference, clustered(reference)))
    return {each["metadata"]["name"]: each for each in made.values()}


def test_all_that_shows_figures_is_asked(found: Found, reference: Platform) -> None:
    """Services, exporters, collectors and Jaeger; the charts bring their own."""
    others = {"cache-exporter", "database-exporter", "collector", "collector-gateway", "jaeger"}
    assert {*reference.services, *others} == set(found)


def test_series_bear_the_names_of_one_machine(found: Found) -> None:
    """`job` is the component, and an exporter speaks for its store."""
    jobs = {}
    for name, each in found.items():
        (first, *_) = each["spec"]["podMetricsEndpoints"]
        job, instance = first["relabelings"]
        jobs[name] = job["replacement"]
        assert ["__meta_kubernetes_pod_name"] == instance["sourceLabels"]
    assert ("cache", "database") == (jobs["cache-exporter"], jobs["database-exporter"])
    assert "backend" == jobs["backend"]


def test_the_platform_is_asked_over_tls(found: Found) -> None:
    """By the name in its certificate, vouched for by its own authority."""
    for name in ("backend", "gateway", "frontend", "cache-exporter"):
        (asked,) = found[name]["spec"]["podMetricsEndpoints"]
        assert "https" == asked["scheme"]
        assert f"{name}.groundplan.svc" == asked["tlsConfig"]["serverName"]
        assert f"{name}-tls" == asked["tlsConfig"]["ca"]["secret"]["name"]
        assert "groundplan" == found[name]["metadata"]["namespace"]
    (gateway,) = found["gateway"]["spec"]["podMetricsEndpoints"]
    assert ("statistics", "/stats/prometheus") == (gateway["port"], gateway["path"])


def test_without_encryption_it_is_asked_without(
    platform_with: Callable[[str], Platform],
    clustered: Callable[..., Any],
    valid: Callable[..., Any],
) -> None:
    """Where the file turns it off."""
    platform = platform_with("security: {encryption: {inTransit: false}}")
    made = valid(monitors.objects(platform, clustered(platform, encrypted=False)))
    (asked,) = made["PodMonitor backend"]["spec"]["podMetricsEndpoints"]
    assert "http" == asked["scheme"] == asked["port"]
    assert "tlsConfig" not in asked
