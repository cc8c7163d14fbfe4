"""The OpenTelemetry Collector: an agent beside the platform's pods, a gateway that decides.

An agent on each node takes spans from the pods of its node and sends those of one trace to one
copy of the gateway. The gateway waits for a whole trace, keeps it or not, and hands on what is
kept to Jaeger. Both refuse before they run out of memory; who sends then drops, and counts it.
The agent's pods are the kubernetes target's: they stand in the platform's namespace, whose
authority its pods trust.
"""

from groundplan.formats import yaml
from groundplan.model.file import File, Files
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.monitoring.collector import agent, gateway
from groundplan.targets.monitoring.manifest import Object

__all__ = ["files", "objects"]


def files(platform: Platform, placement: Placement) -> Files:
    """Return the agent's configuration, for the target that mounts it."""
    return (File("agent/collector.yaml", yaml.dump(agent.settings(platform, placement))),)


def objects(platform: Platform, placement: Placement) -> list[Object]:
    """Return what the gateway is made of."""
    return gateway.objects(platform, placement)
