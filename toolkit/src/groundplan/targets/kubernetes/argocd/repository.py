"""The repository that the cluster is kept in step with, and where in it an environment stands."""

from typing import Any, Final

from groundplan.model import release
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import output

UNKNOWN: Final = f"https://{output.NOWHERE}/repository.git"
"""Stands where the file has no `delivery.repository`; nothing can be delivered from it."""


def url(platform: Platform) -> str:
    """Return the repository that the file names."""
    found = platform.delivery.repository
    return f"https://github.com/{found}.git" if found else UNKNOWN


def source(platform: Platform, placement: Placement, folder: str) -> dict[str, Any]:
    """Return where a folder of rendered objects stands."""
    return {
        "repoURL": url(platform),
        "targetRevision": release.BRANCH,
        "path": f"generated/{placement.environment}/kubernetes/{folder}",
    }
