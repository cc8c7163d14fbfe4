"""Applications of what watches."""

from collections.abc import Callable
from typing import Any

import pytest

from groundplan.model.platform import Platform
from groundplan.targets import monitoring
from groundplan.targets.kubernetes import pinned
from groundplan.targets.kubernetes.argocd import observability

Found = dict[str, dict[str, Any]]


@pytest.fixture
def found(reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]) -> Found:
    """Return the applications by name."""
    made = valid(observability.objects(reference, in_cluster(reference)))
    return {each["metadata"]["name"]: each for each in made}


def sources(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Return from where an application takes its objects."""
    spec = found["spec"]
    several: list[dict[str, Any]] = spec.get("sources") or [spec["source"]]
    return several


def test_charts_are_installed_at_their_pinned_versions_with_our_values(
    found: Found, reference: Platform, in_cluster: Callable[..., Any]
) -> None:
    """Which stand in our repository, where reviewers see them."""
    files = {each.path for each in monitoring.render(reference, in_cluster(reference))}
    for chart in pinned.OBSERVABILITY:
        source, values = sources(found[chart.name])
        assert (chart.name, chart.version) == (source["chart"], source["targetRevision"])
        assert "values" == values["ref"]
        (file,) = source["helm"]["valueFiles"]
        assert file.removeprefix("$values/generated/prod/monitoring/") in files


def test_what_the_cluster_writes_into_webhooks_is_left_alone(found: Found) -> None:
    """Both charts' authorities are set beside them; else they would never be in sync."""
    for chart in pinned.OBSERVABILITY:
        [ignored] = found[chart.name]["spec"]["ignoreDifferences"]
        assert "ValidatingWebhookConfiguration" == ignored["kind"]
        assert [".webhooks[]?.clientConfig.caBundle"] == ignored["jqPathExpressions"]


def test_every_folder_is_delivered(
    found: Found, reference: Platform, in_cluster: Callable[..., Any]
) -> None:
    """All that are kustomizations, and each once."""
    rendered = monitoring.render(reference, in_cluster(reference))
    folders = {
        each.path.partition("/")[0]
        for each in rendered
        if each.path.endswith("/kustomization.yaml")
    }
    delivered = [
        one["path"].rpartition("/")[2]
        for each in found.values()
        for one in sources(each)
        if "/monitoring/" in one.get("path", "")
    ]
    assert sorted(folders) == sorted(delivered)


def test_nothing_of_the_platform_waits_for_it(found: Found) -> None:
    """All come after the platform but the authority, which no chart and no pod is needed for."""
    waves = {
        name: int(each["metadata"]["annotations"]["argocd.argoproj.io/sync-wave"])
        for name, each in found.items()
    }
    assert -2 == waves.pop("observability-authority")
    assert min(waves.values()) > 1
    assert waves["observability-first"] < waves["kube-prometheus-stack"]
    assert waves["eck-operator"] < waves["observability-objects"]


def test_without_dashboards_their_folder_is_not_asked_for(
    platform_with: Callable[[str], Platform], in_cluster: Callable[..., Any]
) -> None:
    """It would not be there."""
    platform = platform_with("observability: {dashboards: false}")
    made = observability.objects(platform, in_cluster(platform))
    paths = [one["path"] for each in made for one in sources(each.to_dict()) if "path" in one]
    assert not [path for path in paths if path.endswith("/dashboards")]
