"""Where the cluster's state comes from."""

from collections.abc import Callable
from typing import Any

from groundplan.model import release
from groundplan.model.platform import Platform
from groundplan.targets.kubernetes.argocd import repository


def test_the_file_names_the_repository(
    platform_with: Callable[[str], Platform], in_cluster: Callable[..., Any]
) -> None:
    """Releases stand on a branch of their own, each environment in its folder."""
    platform = platform_with("delivery: {repository: acme/shop}")
    assert {
        "repoURL": "https://github.com/acme/shop.git",
        "targetRevision": release.BRANCH,
        "path": "generated/prod/kubernetes/jobs",
    } == repository.source(platform, in_cluster(platform), "jobs")


def test_without_one_the_address_says_so(reference: Platform) -> None:
    """It is one that no delivery accepts."""
    assert "not-applied.invalid" in repository.url(reference)
