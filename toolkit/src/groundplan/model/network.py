"""The network: one VPC, its zones, its three tiers of subnets and its way out."""

from enum import StrEnum
from ipaddress import IPv4Interface, IPv4Network
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

from groundplan.model.account import Arn
from groundplan.model.entity import Entity


def _read_network(written: object) -> IPv4Network:
    if isinstance(written, IPv4Network):
        return written
    try:
        network = IPv4Interface(
            written if isinstance(written, str) and "/" in written else ""
        ).network
    except ValueError:
        raise ValueError("must be a network such as 10.0.0.0/16") from None
    if str(network) != written:
        raise ValueError(f"must be the first address of a network such as {network}")
    return network


CIDR_PATTERN = r"^[0-9]+(\.[0-9]+){3}/[0-9]+$"
Cidr = Annotated[
    IPv4Network,
    BeforeValidator(_read_network),
    WithJsonSchema({"type": "string", "pattern": CIDR_PATTERN}),
]
Cidrs = Annotated[tuple[Cidr, ...], Field(strict=False)]


class Nat(StrEnum):
    """How private subnets reach the internet."""

    PER_ZONE = "per-zone"
    SINGLE = "single"
    NONE = "none"


class Subnets(Entity):
    """Three tiers, one subnet of each in every zone, in zone order."""

    public: Cidrs
    """Load balancer and NAT gateways."""
    private: Cidrs
    """Nodes and pods."""
    database: Cidrs
    """Databases only, without a way to the internet."""


class Vpn(Entity):
    """The administrators' way in."""

    enabled: bool = False
    """Whether it is built."""
    cidr: Cidr
    """Addresses of the people who come in, apart from the VPC's."""
    server_certificate: Arn | None = None
    """The certificate that the way in shows, in ACM."""
    client_certificate: Arn | None = None
    """The certificate that has signed the people's own, in ACM."""


EndpointService = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")]
ENDPOINTS: Final = (
    "ecr.api", "ecr.dkr", "sts", "logs", "secretsmanager", "kms", "ec2", "eks-auth",
)  # fmt: skip
"""What nodes and pods of the platform talk to."""


class Network(Entity):
    """The VPC."""

    cidr: Cidr
    """Addresses of the whole VPC."""
    zones: Annotated[int, Field(ge=2, le=6)] = 3
    """How many availability zones the platform spreads over; EKS and RDS ask for two."""
    subnets: Subnets
    """The VPC's parts: three tiers, one subnet of each in every zone."""
    nat: Annotated[Nat, Field(strict=False)] = Nat.PER_ZONE
    """How private subnets reach the internet; one gateway a zone outlives the loss of a zone."""
    endpoints: Annotated[tuple[EndpointService, ...], Field(strict=False)] = ENDPOINTS
    """AWS services that private subnets reach without the internet, at a price per zone."""
    flow_logs: bool = True
    """Whether AWS records who talked to whom."""
    vpn: Vpn | None = None
    """The administrators' way in."""
