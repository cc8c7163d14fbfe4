"""How large Elasticsearch and Logstash are: as the nodes of an environment allow.

Takes the platform; hands on a `Size`. Where a zone may be lost there is a node a zone; where nodes
are small, and what they hold is for trying, there is one, and its loss costs lines and traces.
"""

from dataclasses import dataclass
from typing import Final

from groundplan.model.instance import GIBI, machine
from groundplan.model.platform import Platform

_LARGE: Final = 8 * GIBI
"""Memory of a node beside whose other pods one of Elasticsearch's large ones has room."""


@dataclass(frozen=True, slots=True)
class Size:
    """What an environment has of the stack."""

    nodes: int
    """Nodes of Elasticsearch."""
    memory: str
    """Of each of them."""
    copies: int
    """Copies of Logstash."""

    @property
    def replicas(self) -> int:
        """How often each index is held beside its first time."""
        return min(1, self.nodes - 1)


def of(platform: Platform) -> Size:
    """Return how large the stack is; a type of nodes that nobody knows counts as large."""
    groups = platform.cluster.node_groups.values()
    found = [machine(each) for group in groups for each in group.instance_types]
    if any(each is not None and each.memory < _LARGE for each in found):
        return Size(nodes=1, memory="2Gi", copies=1)
    return Size(nodes=max(3, platform.network.zones), memory="4Gi", copies=2)
