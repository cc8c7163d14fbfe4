"""Elasticsearch and Kibana: where lines and spans are kept, for how long, and how they are found.

The operator of ECK makes them from two objects. A job tells them, after each delivery, how long
what is kept and which searches everybody finds in Kibana.
"""

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.monitoring.elastic import cluster, setup, user
from groundplan.targets.monitoring.manifest import Object

__all__ = ["objects"]


def objects(platform: Platform, placement: Placement) -> list[Object]:
    """Return what the stack is made of."""
    return [
        *cluster.objects(platform, placement),
        *user.objects(platform, placement),
        *setup.objects(platform, placement),
    ]
