"""Applications of the platform itself, and the one that delivers all applications.

The namespace, its authority and the secrets of jobs come first, as an application of their own:
jobs that run before a release would wait forever for what comes with it.
"""

from typing import Final

from groundplan.model import flow
from groundplan.model.placement import Placement
from groundplan.model.platform import CACHE, Platform
from groundplan.targets.kubernetes.argocd import application, repository
from groundplan.targets.kubernetes.argocd.application import APPLICATIONS, NAMESPACE, Application
from groundplan.targets.kubernetes.object import Object

FOLDER: Final = "argocd"
_FIRST: Final = "namespace"
_BESIDE_SERVICES: Final = (CACHE, "jobs", "access")
_ROOT, _FOUNDATION, _PLATFORM = -30, 0, 1
_SET_BY_KUBERNETES: Final = {
    "group": "apps",
    "kind": "StatefulSet",
    "jqPathExpressions": [
        ".spec.volumeClaimTemplates[]?.apiVersion",
        ".spec.volumeClaimTemplates[]?.kind",
        ".spec.volumeClaimTemplates[]?.status",
    ],
}


def objects(platform: Platform, placement: Placement) -> list[Object]:
    """Return the root, what is there first, and the rest."""
    found = (
        _root(platform, placement),
        _foundation(platform, placement),
        _platform(platform, placement),
    )
    return [application.rendered(platform, placement, each) for each in found]


def _root(platform: Platform, placement: Placement) -> Application:
    return Application(
        name=f"{platform.name}-{placement.environment}",
        project=APPLICATIONS,
        namespace=NAMESPACE,
        sources=[repository.source(platform, placement, FOLDER)],
        wave=_ROOT,
    )


def _foundation(platform: Platform, placement: Placement) -> Application:
    return Application(
        name=f"{platform.name}-foundation",
        project=platform.name,
        namespace=platform.name,
        sources=[repository.source(platform, placement, _FIRST)],
        wave=_FOUNDATION,
    )


def _platform(platform: Platform, placement: Placement) -> Application:
    folders = (*platform.services, *flow.watchers(platform), *_BESIDE_SERVICES)
    return Application(
        name=platform.name,
        project=platform.name,
        namespace=platform.name,
        sources=[repository.source(platform, placement, folder) for folder in folders],
        wave=_PLATFORM,
        ignored=[_SET_BY_KUBERNETES],
    )
