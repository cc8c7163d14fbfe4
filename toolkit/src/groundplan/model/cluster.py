"""The Kubernetes cluster and its node groups."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from groundplan.model.entity import Count, Entity, Name, Positive


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
    capacity: Annotated[Capacity, Field(strict=False)] = Capacity.ON_DEMAND
    min: Count
    desired: Count
    max: Positive


class Cluster(Entity):
    """The EKS cluster."""

    version: Annotated[str, StringConstraints(pattern=r"^1\.\d{2}$")]
    """Kubernetes minor version, quoted: "1.36"."""
    endpoint: Annotated[Endpoint, Field(strict=False)] = Endpoint.PRIVATE
    node_groups: Annotated[dict[Name, NodeGroup], Field(min_length=1)]
