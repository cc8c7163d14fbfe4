"""The Kubernetes cluster and its node groups."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from groundplan.model.account import Arn
from groundplan.model.entity import Count, Entity, Name, Positive
from groundplan.model.network import Cidr


class Capacity(StrEnum):
    """How nodes are bought."""

    ON_DEMAND = "on-demand"
    SPOT = "spot"


class Endpoint(StrEnum):
    """From where the Kubernetes API can be reached."""

    PRIVATE = "private"
    PUBLIC = "public"


InstanceType = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*\.[a-z0-9]+$")]


class NodeGroup(Entity):
    """One managed group of equal nodes."""

    instance_types: Annotated[tuple[InstanceType, ...], Field(strict=False, min_length=1)]
    """Types that a node may have; AWS picks what it has."""
    capacity: Annotated[Capacity, Field(strict=False)] = Capacity.ON_DEMAND
    """How the nodes are bought."""
    min: Count
    """The least nodes."""
    desired: Count
    """Nodes to begin with."""
    max: Positive
    """The most nodes."""


class Cluster(Entity):
    """The EKS cluster."""

    version: Annotated[str, StringConstraints(pattern=r"^1\.[0-9]{2}$")]
    """Kubernetes minor version, quoted: "1.36"."""
    endpoint: Annotated[Endpoint, Field(strict=False)] = Endpoint.PRIVATE
    """From where the Kubernetes API can be reached."""
    public_access: Annotated[tuple[Cidr, ...], Field(strict=False)] = ()
    """Networks from which a public endpoint answers."""
    administrators: dict[Name, Arn] = Field(default_factory=dict)
    """IAM principals that may do everything in the cluster; without one, whoever applies."""
    operators: dict[Name, Arn] = Field(default_factory=dict)
    """IAM principals that may keep the platform running: restart, scale, read logs."""
    viewers: dict[Name, Arn] = Field(default_factory=dict)
    """IAM principals that may look."""
    node_groups: Annotated[dict[Name, NodeGroup], Field(min_length=1)]
    """Groups of equal nodes, by name."""
