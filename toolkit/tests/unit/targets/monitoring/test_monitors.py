"""What Prometheus collects in a cluster."""

from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

from groundplan.model import flow
from groundplan.model.flow import Flow
from groundplan.model.platform import Platform
from groundplan.targets.monitoring import arrows, charts, monitors

Found = dict[str, dict[str, Any]]


@pytest.fixture
def found(reference: Platform, clustered: Callable[..., Any], valid: Callable[..., Any]) -> Found:
    """Return the monitors by name."""
    made = valid(monitors.objects(reference, clustered(reference)))
    return {each["metadata"]["name"]: each for each in made.values()}


def test_all_that_shows_figures_is_asked(found: Found, reference: Platform) -> None:
    """Services, exporters, collectors and Jaeger; the charts bring their own."""
    others = {"cache-exporter", "database-exporter", "collector", "collector-gateway", "jaeger"}
    others |= {"cert-manager"}
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


def test_certificates_keep_the_names_of_their_own_namespaces(found: Found) -> None:
    """Who makes them is asked where it stands; all of its certificates count."""
    asked = found["cert-manager"]
    assert "cert-manager" == asked["metadata"]["namespace"]
    assert "namespaceSelector" not in asked["spec"]
    (endpoint,) = asked["spec"]["podMetricsEndpoints"]
    assert ("http-metrics", True) == (endpoint["port"], endpoint["honorLabels"])
    assert not {"namespace"} & {each["targetLabel"] for each in endpoint["relabelings"]}


def test_a_service_of_a_user_is_asked_only_where_it_shows_figures(
    platform_with: Callable[[str], Platform], clustered: Callable[..., Any]
) -> None:
    """As on one machine; else it would be taken to be down for ever."""
    service = "services: {orders: {kind: service, run: {directory: ., asgi: 'app:app'}}}"
    signals = "objectives: {signals: {orders: [metrics]}}"
    for text, is_asked in ((service, False), (f"{service}\n{signals}", True)):
        platform = platform_with(text)
        made = monitors.objects(platform, clustered(platform))
        assert is_asked is any("orders" == each["metadata"]["name"] for each in made)
        assert is_asked is any(
            ("prometheus", "orders") == (each.origin, each.target)
            for each in arrows.arrows(platform)
        )
        assert is_asked is (Flow(flow.PROMETHEUS, "orders", 8443) in flow.flows(platform))


PROGRAMS = {
    "cert-manager": "cert-manager",
    "collector": "collector",
    "envoy": "gateway",
    "nginx": "frontend",
    "postgres-exporter": "database-exporter",
    "redis-exporter": "cache-exporter",
}
"""Programs whose names we ask for, each with our monitor."""
SWITCHES = {
    "alertmanager": ("alertmanager", "serviceMonitor", "selfMonitor"),
    "kube-state-metrics": ("kubeStateMetrics", "enabled"),
    "kubelet": ("kubelet", "enabled"),
    "node-exporter": ("nodeExporter", "enabled"),
    "prometheus": ("prometheus", "serviceMonitor", "selfMonitor"),
}
"""Those that the chart asks, each with its switch; what is not said is on."""


def test_every_program_whose_figures_are_shown_is_asked(
    found: Found, reference: Platform, clustered: Callable[..., Any]
) -> None:
    """By a monitor of ours or by the chart; else panels and alerts would be blind."""
    values = charts.values(reference, clustered(reference))[charts.PROMETHEUS]
    lists = Path(monitors.__file__).parents[5] / "toolkit" / "tests" / "metrics"
    names = {each.stem for each in lists.glob("*.txt")}
    assert names == PROGRAMS.keys() | SWITCHES.keys()
    assert set(PROGRAMS.values()) <= set(found)
    for *path, switch in SWITCHES.values():
        held = reduce(lambda part, key: part.get(key, {}), path, values)
        assert held.get(switch, True)


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
