"""Reads an account's APIs back: everything of ours that is there, and whether it costs money.

Ours is what carries our tags (the platform and environment) or stands in our VPC or cluster. It
takes a factory of clients, `clients("ec2")`, so that neither credentials nor boto3 are its
business. Read-only.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

Clients = Callable[[str], Any]

GONE: Final = frozenset({"terminated", "deleted", "deleting", "shutting-down"})
FREE: Final = frozenset(
    {
        "ec2:vpc",
        "ec2:subnet",
        "ec2:route-table",
        "ec2:security-group",
        "ec2:internet-gateway",
        "ec2:network-acl",
        "ec2:launch-template",
        "iam:role",
        "iam:policy",
        "rds:subgrp",
        "rds:pg",
    }
)
"""Kinds that cost nothing by themselves."""


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """Something in the account."""

    kind: str
    """Service and type, as an ARN names them: `ec2:natgateway`."""
    name: str
    detail: str = ""
    is_kept: bool = False
    """Whether a destroy leaves it on purpose."""

    @property
    def is_chargeable(self) -> bool:
        """Whether it costs money while it is there."""
        return self.kind not in FREE and not self.is_kept


@dataclass(frozen=True, slots=True)
class Ours:
    """How things of ours are told from others'."""

    name: str
    """What all names begin with, which is also the cluster's: `groundplan-dev`."""
    tags: Mapping[str, str]

    def names(self, name: str) -> bool:
        """Return whether a name is one of ours."""
        return name == self.name or name.startswith(f"{self.name}-")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was asked and what was found."""

    asked: Mapping[str, tuple[Thing, ...]]
    """What each question found."""

    @property
    def things(self) -> tuple[Thing, ...]:
        """Everything that was found."""
        return tuple(sorted({thing for found in self.asked.values() for thing in found}))

    @property
    def chargeable(self) -> tuple[Thing, ...]:
        """What costs money."""
        return tuple(thing for thing in self.things if thing.is_chargeable)


def read(clients: Clients, ours: Ours) -> Reading:
    """Return everything of ours that the account's APIs show."""
    return Reading(
        {question: tuple(sorted(set(ask(clients, ours)))) for question, ask in LISTS.items()}
    )


def _tagged(clients: Clients, ours: Ours) -> Iterator[Thing]:
    """Yield what the tagging API knows; it forgets some things late, so those are asked for."""
    client = clients("resourcegroupstaggingapi")
    filters = [{"Key": key, "Values": [value]} for key, value in ours.tags.items()]
    for page in client.get_paginator("get_resources").paginate(TagFilters=filters):
        for each in page["ResourceTagMappingList"]:
            arn = each["ResourceARN"]
            thing = by_arn(arn)
            if thing.kind not in LISTED:
                yield _waiting(clients, thing, arn) if thing.kind in WAITING else thing


def _waiting(clients: Clients, thing: Thing, arn: str) -> Thing:
    """Return a key or secret, which AWS only deletes after some days, with what it waits for."""
    service, _ = thing.kind.split(":")
    if service == "kms":
        date = clients("kms").describe_key(KeyId=arn)["KeyMetadata"].get("DeletionDate")
    else:
        # An ARN ends in six characters that are no part of the secret's name.
        date = clients(service).describe_secret(SecretId=arn).get("DeletedDate")
    detail = f"free until it is deleted on {date:%Y-%m-%d}" if date else "not to be deleted"
    return Thing(thing.kind, thing.name, detail, is_kept=bool(date))


def by_arn(arn: str) -> Thing:
    """Return the thing that an ARN names."""
    _, _, service, _, _, rest = arn.split(":", 5)
    if service == "s3":
        return Thing("s3:bucket", rest)
    separator = (
        "/" if "/" in rest and (":" not in rest or rest.index("/") < rest.index(":")) else ":"
    )
    kind, _, name = rest.partition(separator)
    return Thing(f"{service}:{kind}", name or kind)


def _instances(clients: Clients, ours: Ours) -> Iterator[Thing]:
    for each in _pages(
        clients("ec2"), "describe_instances", "Reservations", Filters=_filters(ours)
    ):
        for instance in each["Instances"]:
            if instance["State"]["Name"] not in GONE:
                yield Thing("ec2:instance", instance["InstanceId"], instance["InstanceType"])


def _volumes(clients: Clients, ours: Ours) -> Iterator[Thing]:
    for each in _pages(clients("ec2"), "describe_volumes", "Volumes", Filters=_filters(ours)):
        yield Thing("ec2:volume", each["VolumeId"], f"{each['Size']} GiB")


def _nat_gateways(clients: Clients, ours: Ours) -> Iterator[Thing]:
    asked = _pages(clients("ec2"), "describe_nat_gateways", "NatGateways", Filter=_filters(ours))
    for each in asked:
        if each["State"] not in GONE:
            yield Thing("ec2:natgateway", each["NatGatewayId"], each["State"])


def _addresses(clients: Clients, ours: Ours) -> Iterator[Thing]:
    for each in clients("ec2").describe_addresses(Filters=_filters(ours))["Addresses"]:
        yield Thing("ec2:elastic-ip", each["AllocationId"], each["PublicIp"])


def _endpoints(clients: Clients, ours: Ours) -> Iterator[Thing]:
    asked = _pages(
        clients("ec2"), "describe_vpc_endpoints", "VpcEndpoints", Filters=_filters(ours)
    )
    for each in asked:
        if each.get("State", "").lower() not in GONE:
            yield Thing("ec2:vpc-endpoint", each["VpcEndpointId"], each["ServiceName"])


def _databases(clients: Clients, ours: Ours) -> Iterator[Thing]:
    for each in _pages(clients("rds"), "describe_db_instances", "DBInstances"):
        if ours.names(each["DBInstanceIdentifier"]):
            yield Thing("rds:db", each["DBInstanceIdentifier"], each["DBInstanceStatus"])


def _snapshots(clients: Clients, ours: Ours) -> Iterator[Thing]:
    for each in _pages(clients("rds"), "describe_db_snapshots", "DBSnapshots"):
        if ours.names(each["DBSnapshotIdentifier"]):
            name, size = each["DBSnapshotIdentifier"], each.get("AllocatedStorage", 0)
            yield Thing("rds:snapshot", name, f"costs storage of up to {size} GiB", is_kept=True)


def _balancers(clients: Clients, ours: Ours) -> Iterator[Thing]:
    for arn, name in balancers(clients, ours):
        yield Thing("elasticloadbalancing:loadbalancer", name, arn.rsplit("/", 1)[-1])


def balancers(clients: Clients, ours: Ours) -> Iterator[tuple[str, str]]:
    """Yield ARN and name of load balancers that carry our tags or those of our cluster."""
    client = clients("elbv2")
    found = {
        each["LoadBalancerArn"]: each["LoadBalancerName"]
        for each in _pages(client, "describe_load_balancers", "LoadBalancers")
    }
    yield from ((arn, found[arn]) for arn in tagged_balancing(client, tuple(found), ours))


def tagged_balancing(client: Any, arns: tuple[str, ...], ours: Ours) -> Iterator[str]:
    """Yield those load balancers or target groups that are ours; AWS tells tags of 20 at once."""
    for first in range(0, len(arns), 20):
        asked = client.describe_tags(ResourceArns=list(arns[first : first + 20]))
        for each in asked["TagDescriptions"]:
            if is_ours({tag["Key"]: tag["Value"] for tag in each["Tags"]}, ours):
                yield each["ResourceArn"]


def is_ours(tags: Mapping[str, str], ours: Ours) -> bool:
    """Return whether tags are all of ours, or those that Kubernetes gives in our cluster."""
    if ours.tags and all(tags.get(key) == value for key, value in ours.tags.items()):
        return True
    return is_of_cluster(tags, ours.name)


def is_of_cluster(tags: Mapping[str, str], cluster: str) -> bool:
    """Return whether Kubernetes made a thing for a cluster and owns it alone."""
    owned = tags.get(f"kubernetes.io/cluster/{cluster}") == "owned"
    return owned or tags.get("elbv2.k8s.aws/cluster") == cluster


def _clusters(clients: Clients, ours: Ours) -> Iterator[Thing]:
    for name in _pages(clients("eks"), "list_clusters", "clusters"):
        if ours.names(name):
            yield Thing("eks:cluster", name)


def _buckets(clients: Clients, ours: Ours) -> Iterator[Thing]:
    for each in clients("s3").list_buckets()["Buckets"]:
        if ours.names(each["Name"]):
            yield Thing("s3:bucket", each["Name"])


LISTS: Final[Mapping[str, Callable[[Clients, Ours], Iterator[Thing]]]] = {
    "everything with our tags": _tagged,
    "EC2 instances": _instances,
    "EBS volumes": _volumes,
    "NAT gateways": _nat_gateways,
    "Elastic IPs": _addresses,
    "VPC endpoints": _endpoints,
    "RDS instances": _databases,
    "RDS snapshots": _snapshots,
    "load balancers": _balancers,
    "EKS clusters": _clusters,
    "S3 buckets": _buckets,
}
"""What is asked, in the words of the proof."""
WAITING: Final = frozenset({"kms:key", "secretsmanager:secret"})
LISTED: Final = frozenset(
    {
        "ec2:instance",
        "ec2:volume",
        "ec2:natgateway",
        "ec2:elastic-ip",
        "ec2:vpc-endpoint",
        "rds:db",
        "rds:snapshot",
        "elasticloadbalancing:loadbalancer",
        "eks:cluster",
        "s3:bucket",
    }
)
"""Kinds whose own API is asked; the tagging API still shows them after they have gone."""


def _filters(ours: Ours) -> list[dict[str, Any]]:
    """Return what narrows a list of EC2 to ours."""
    return [{"Name": f"tag:{key}", "Values": [value]} for key, value in ours.tags.items()]


def _pages(client: Any, operation: str, key: str, **words: Any) -> Iterator[Any]:
    for page in client.get_paginator(operation).paginate(**words):
        yield from page[key]
