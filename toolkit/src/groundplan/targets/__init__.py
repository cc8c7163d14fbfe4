"""Targets: the model becomes files; one folder a word, and none knows another.

`TARGETS` holds those that `./run render` writes for every environment. The local target is not
among them: what it renders holds the secrets and folders of one run, and goes to the runner.
"""

from collections.abc import Callable, Mapping
from typing import Final

from groundplan.model.file import Files
from groundplan.model.placement import Discovery, Placement
from groundplan.model.platform import Platform
from groundplan.targets import frontend, gateway, monitoring, terraform

Render = Callable[[Platform, Placement], Files]


def in_cluster(platform: Platform, placement: Placement) -> Files:
    """Return the objects of a cluster, with the configuration that its pods mount.

    A platform that runs on one machine has none.
    """
    if placement.discovery is Discovery.FILES:
        return ()
    # its typed objects load slowly, and a run on one machine needs none
    from groundplan.targets import kubernetes

    mounted = {
        "frontend": frontend.render(platform, placement),
        "gateway": gateway.render(platform, placement),
        "monitoring": monitoring.mounted(platform, placement),
    }
    return kubernetes.render(platform, placement, mounted)


TARGETS: Final[Mapping[str, Render]] = {
    "frontend": frontend.render,
    "gateway": gateway.render,
    "kubernetes": in_cluster,
    "monitoring": monitoring.render,
    "terraform": terraform.render,
}
"""Each target's word, which is also its folder below generated/<environment>/."""
