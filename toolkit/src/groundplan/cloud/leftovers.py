"""Removes what Kubernetes made outside Terraform, which would keep the network from going.

Load balancers, target groups, volumes, network interfaces and security groups are told by the
tags that Kubernetes' controllers give them for our cluster; nothing else is touched.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from groundplan.cloud import account
from groundplan.cloud.account import Clients, Ours, Thing

ATTEMPTS: Final = 10
PAUSE: Final = 6.0
"""Seconds between two attempts; network interfaces of a load balancer go some time after it."""


def remove(clients: Clients, ours: Ours, pause: float = PAUSE) -> Iterator[Thing]:
    """Remove everything of the cluster, yielding each thing that went.

    What still is in use after a minute is left, and the proof at the end shows it.
    """
    for step in STEPS:
        for thing, delete in step(clients, ours):
            if _deleted(delete, pause):
                yield thing


Delete = Callable[[], Any]
Found = Iterator[tuple[Thing, Delete]]


def _deleted(delete: Delete, pause: float) -> bool:
    for attempt in range(ATTEMPTS):
        try:
            delete()
        except Exception as error:
            code = _code(error)
            if code.endswith((".NotFound", "NotFoundException", "NotFound")):
                return False
            if code not in WAITS:
                raise
            if attempt + 1 < ATTEMPTS:
                time.sleep(pause)
        else:
            return True
    return False


WAITS: Final = frozenset(
    {"DependencyViolation", "ResourceInUse", "VolumeInUse", "InvalidParameterValue"}
)


def _code(error: Exception) -> str:
    """Return AWS' name for a refusal, empty where it is something else."""
    response = getattr(error, "response", None) or {}
    return str(response.get("Error", {}).get("Code", ""))


def _balancers(clients: Clients, ours: Ours) -> Found:
    client = clients("elbv2")
    for arn in _balancing(client, "LoadBalancer", "describe_load_balancers", ours):
        thing = Thing("elasticloadbalancing:loadbalancer", arn.split("/")[-2])
        yield thing, partial(client.delete_load_balancer, LoadBalancerArn=arn)


def _target_groups(clients: Clients, ours: Ours) -> Found:
    client = clients("elbv2")
    for arn in _balancing(client, "TargetGroup", "describe_target_groups", ours):
        thing = Thing("elasticloadbalancing:targetgroup", arn.split("/")[-2])
        yield thing, partial(client.delete_target_group, TargetGroupArn=arn)


def _balancing(client: Any, kind: str, operation: str, ours: Ours) -> Iterator[str]:
    """Yield the ARNs that carry the tag of the cluster's load balancer controller."""
    pages = client.get_paginator(operation).paginate()
    arns = tuple(each[f"{kind}Arn"] for page in pages for each in page[f"{kind}s"])
    return account.tagged_balancing(client, arns, Ours(ours.name, {}))


def _volumes(clients: Clients, ours: Ours) -> Found:
    client = clients("ec2")
    for each in _ec2(client, "describe_volumes", "Volumes", ours):
        number = each["VolumeId"]
        yield Thing("ec2:volume", number), partial(client.delete_volume, VolumeId=number)


def _interfaces(clients: Clients, ours: Ours) -> Found:
    client = clients("ec2")
    for each in _ec2(client, "describe_network_interfaces", "NetworkInterfaces", ours):
        number = each["NetworkInterfaceId"]
        delete = partial(client.delete_network_interface, NetworkInterfaceId=number)
        yield Thing("ec2:network-interface", number), delete


def _security_groups(clients: Clients, ours: Ours) -> Found:
    client = clients("ec2")
    for each in _ec2(client, "describe_security_groups", "SecurityGroups", ours):
        number = each["GroupId"]
        delete = partial(client.delete_security_group, GroupId=number)
        yield Thing("ec2:security-group", number), delete


STEPS: Final = (_balancers, _target_groups, _volumes, _interfaces, _security_groups)
"""In the order in which they let go of each other."""


def _ec2(client: Any, operation: str, key: str, ours: Ours) -> Iterator[Mapping[str, Any]]:
    """Yield what is tagged as the cluster's, except what EKS itself or Terraform made."""
    for page in client.get_paginator(operation).paginate():
        for each in page[key]:
            tags = {tag["Key"]: tag["Value"] for tag in _tags(each)}
            by_other = "aws:eks:cluster-name" in tags or _is_ours(tags, ours)
            if account.is_of_cluster(tags, ours.name) and not by_other:
                yield each


def _is_ours(tags: Mapping[str, str], ours: Ours) -> bool:
    return bool(ours.tags) and all(tags.get(key) == value for key, value in ours.tags.items())


def _tags(each: Mapping[str, Any]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = each.get("Tags") or each.get("TagSet") or []
    return found
