"""The network: one VPC, its zones, its three tiers of subnets and its way out."""

from enum import StrEnum
from ipaddress import IPv4Interface, IPv4Network
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

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


Cidr = Annotated[
    IPv4Network,
    BeforeValidator(_read_network),
    WithJsonSchema({"type": "string", "pattern": r"^\d+(\.\d+){3}/\d+$"}),
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
    cidr: Cidr


class Network(Entity):
    """The VPC."""

    cidr: Cidr
    zones: Annotated[int, Field(ge=1, le=6)] = 3
    """How many availability zones the platform spreads over."""
    subnets: Subnets
    nat: Annotated[Nat, Field(strict=False)] = Nat.PER_ZONE
    flow_logs: bool = True
    vpn: Vpn | None = None
