"""Our values for the charts of what watches."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from groundplan.model.platform import Platform
from groundplan.targets.monitoring import charts, manifest


@pytest.fixture
def found(reference: Platform, clustered: Callable[..., Any]) -> dict[str, Any]:
    """Return the values by the chart's name."""
    return dict(charts.values(reference, clustered(reference)))


def _sections(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        yield value
        for each in value.values():
            yield from _sections(each)


def test_each_part_is_bounded(found: dict[str, Any]) -> None:
    """What grows without end takes its node along."""
    for name, held in found.items():
        bounds = [each["resources"] for each in _sections(held) if "resources" in each]
        bounds = [each for each in bounds if "storage" not in each["requests"]]
        assert bounds, name
        assert all({"requests", "limits"} == set(each) for each in bounds), name


def test_figures_are_kept_as_long_as_the_file_says(
    found: dict[str, Any], reference: Platform
) -> None:
    """Or until their disk is almost full, whichever comes first."""
    spec = found["kube-prometheus-stack"]["prometheus"]["prometheusSpec"]
    assert ("31d", "45GB") == (spec["retention"], spec["retentionSize"])
    assert f"{reference.observability.metrics.interval:.0f}s" == spec["scrapeInterval"]
    assert {"environment": "prod", "cluster": "groundplan-prod"} == spec["externalLabels"]


def test_only_our_rules_and_dashboards_are_there(found: dict[str, Any]) -> None:
    """An alert of a chart would have no runbook here."""
    held = found["kube-prometheus-stack"]
    assert held["defaultRules"] == {"create": False}
    assert held["grafana"]["defaultDashboardsEnabled"] is False
    assert {"app.kubernetes.io/part-of": "groundplan"} == (
        held["prometheus"]["prometheusSpec"]["ruleSelector"]["matchLabels"]
    )


def test_nodes_and_containers_are_measured(found: dict[str, Any]) -> None:
    """By node-exporter, where it is allowed, and by cAdvisor in each kubelet."""
    held = found["kube-prometheus-stack"]
    assert manifest.AGENTS == held["prometheus-node-exporter"]["namespaceOverride"]
    assert held["kubelet"]["serviceMonitor"]["cAdvisor"] is True
    job, _ = held["prometheus-node-exporter"]["prometheus"]["monitor"]["relabelings"]
    assert "node" == job["replacement"]


def test_nothing_of_them_runs_as_root(found: dict[str, Any]) -> None:
    """What would have to is off: Grafana has no disk whose owner had to change."""
    assert found["kube-prometheus-stack"]["grafana"]["initChownData"] == {"enabled": False}
    assert found["eck-operator"]["securityContext"]["runAsNonRoot"] is True
