"""EKS access entries: who may enter a cluster, and the access policies that say how far."""

import uuid
from typing import Any

from moto.core.utils import utcnow
from moto.eks.responses import EKSResponse

from groundplan.cloud.simulator.registry import Call, Refused, operation
from groundplan.cloud.simulator.services import eks_cluster

CHANGEABLE = ("kubernetesGroups", "username")


@operation(EKSResponse, "CreateAccessEntry")
def create_access_entry(call: Call) -> dict[str, Any]:
    """Let a principal in."""
    cluster, given = eks_cluster.of(call).name, call.parameters
    principal = given["principalArn"]
    if (cluster, principal) in call.table("access entry"):
        raise Refused(
            "ResourceInUseException",
            "The specified access entry resource is already in use on this cluster.",
        )
    entry = {
        "clusterName": cluster,
        "principalArn": principal,
        "kubernetesGroups": given.get("kubernetesGroups", []),
        "accessEntryArn": call.arn("eks", f"access-entry/{cluster}/{_path(principal)}"),
        "createdAt": utcnow(),
        "modifiedAt": utcnow(),
        "tags": given.get("tags", {}),
        "username": given.get("username", principal),
        "type": given.get("type", "STANDARD"),
    }
    call.table("access entry")[cluster, principal] = entry
    return {"accessEntry": entry}


def _path(principal: str) -> str:
    account, kind_and_name = principal.split(":")[4:6]
    kind, _, name = kind_and_name.partition("/")
    return f"{kind}/{account}/{name}/{uuid.uuid4()}"


def _of(call: Call) -> dict[str, Any]:
    return call.found(
        "access entry",
        eks_cluster.of(call).name,
        call.parameters["principalArn"],
        code="ResourceNotFoundException",
        message="The specified principalArn could not be found. "
        "You can view your available access entries with 'list-access-entries'.",
    )


@operation(EKSResponse, "DescribeAccessEntry")
def describe_access_entry(call: Call) -> dict[str, Any]:
    """Return one entry."""
    return {"accessEntry": _of(call)}


@operation(EKSResponse, "ListAccessEntries")
def list_access_entries(call: Call) -> dict[str, Any]:
    """Return the principals that may enter a cluster."""
    cluster = eks_cluster.of(call).name
    entries = list(call.table("access entry"))
    return {"accessEntries": [principal for owner, principal in entries if owner == cluster]}


@operation(EKSResponse, "UpdateAccessEntry")
def update_access_entry(call: Call) -> dict[str, Any]:
    """Change groups or user name of an entry."""
    entry = _of(call)
    entry.update({key: call.parameters[key] for key in CHANGEABLE if key in call.parameters})
    entry["modifiedAt"] = utcnow()
    return {"accessEntry": entry}


@operation(EKSResponse, "DeleteAccessEntry")
def delete_access_entry(call: Call) -> dict[str, Any]:
    """Shut a principal out; its policies go with it."""
    entry = _of(call)
    key = entry["clusterName"], entry["principalArn"]
    del call.table("access entry")[key]
    policies = call.table("access policy")
    for policy in [policy for policy in policies if policy[:2] == key]:
        del policies[policy]
    return {}


@operation(EKSResponse, "AssociateAccessPolicy")
def associate_access_policy(call: Call) -> dict[str, Any]:
    """Give a principal rights in a cluster, or change how far they reach."""
    entry, given = _of(call), call.parameters
    policy = {
        "policyArn": given["policyArn"],
        "accessScope": given["accessScope"],
        "associatedAt": utcnow(),
        "modifiedAt": utcnow(),
    }
    key = entry["clusterName"], entry["principalArn"], given["policyArn"]
    call.table("access policy")[key] = policy
    return {**_whose(entry), "associatedAccessPolicy": policy}


@operation(EKSResponse, "ListAssociatedAccessPolicies")
def list_associated_access_policies(call: Call) -> dict[str, Any]:
    """Return a principal's rights in a cluster."""
    entry = _of(call)
    key = entry["clusterName"], entry["principalArn"]
    policies = list(call.table("access policy").items())
    found = [policy for place, policy in policies if place[:2] == key]
    return {**_whose(entry), "associatedAccessPolicies": found}


def _whose(entry: dict[str, Any]) -> dict[str, str]:
    return {"clusterName": entry["clusterName"], "principalArn": entry["principalArn"]}


@operation(EKSResponse, "DisassociateAccessPolicy")
def disassociate_access_policy(call: Call) -> dict[str, Any]:
    """Take a right away."""
    entry, policy = _of(call), call.parameters["policyArn"]
    key = entry["clusterName"], entry["principalArn"], policy
    if call.table("access policy").pop(key, None) is None:
        raise Refused(
            "ResourceNotFoundException",
            "The specified access policy association could not be found",
        )
    return {}
