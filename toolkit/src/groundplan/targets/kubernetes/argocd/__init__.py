"""Argo CD: what keeps the cluster as the repository says.

Takes the platform; hands on, in the folder `argocd`, the projects that bound what may be delivered
where, the root application that delivers this folder itself, one application for each service of
the cluster, two for the platform (what is there first, then the rest), and after all of them
those of what watches.
"""

from typing import Final

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.kubernetes.argocd import delivery, observability, project, service
from groundplan.targets.kubernetes.object import Object

__all__ = ["FOLDER", "objects"]

FOLDER: Final = delivery.FOLDER


def objects(platform: Platform, placement: Placement) -> dict[str, list[Object]]:
    """Return projects and applications, all in the folder of Argo CD."""
    return {
        FOLDER: [
            *project.objects(platform, placement),
            *delivery.objects(platform, placement),
            *service.objects(platform, placement),
            *observability.objects(platform, placement),
        ]
    }
