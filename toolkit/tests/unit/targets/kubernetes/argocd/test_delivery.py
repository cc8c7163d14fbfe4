"""Applications of the platform, and the one that delivers all."""

from collections.abc import Callable
from typing import Any

import pytest

from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import observability
from groundplan.targets.kubernetes.argocd import delivery


@pytest.fixture
def found(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> dict[str, dict[str, Any]]:
    """Return the applications by name."""
    made = valid(delivery.objects(reference, in_cluster(reference)))
    return {each["metadata"]["name"]: each for each in made}


def _wave(application: dict[str, Any]) -> int:
    return int(application["metadata"]["annotations"]["argocd.argoproj.io/sync-wave"])


def test_the_root_delivers_the_folder_in_which_it_stands(
    found: dict[str, dict[str, Any]],
) -> None:
    """One object applied by hand brings all the others."""
    spec = found["groundplan-prod"]["spec"]
    assert "generated/prod/kubernetes/argocd" == spec["source"]["path"]
    assert ("applications", "argocd") == (spec["project"], spec["destination"]["namespace"])


def test_what_jobs_need_comes_before_the_jobs(found: dict[str, dict[str, Any]]) -> None:
    """The namespace is an application of its own, in an earlier wave than the rest."""
    assert _wave(found["groundplan-foundation"]) < _wave(found["groundplan"])


def test_every_folder_is_delivered_once(
    found: dict[str, dict[str, Any]], rendered: Callable[..., dict[str, Any]]
) -> None:
    """A folder that nobody delivers would never reach the cluster; in two they would fight."""
    delivered = [
        source["path"].rpartition("/")[2]
        for each in found.values()
        for source in each["spec"].get("sources", [each["spec"].get("source")])
    ]
    others = {observability.FOLDER}
    folders = {path.partition("/")[0] for path in rendered() if "/" in path} - others
    assert sorted(folders) == sorted(delivered)
