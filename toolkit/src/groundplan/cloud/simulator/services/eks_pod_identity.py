"""EKS pod identity: which role the pods of a service account take on."""

from typing import Any

from moto.core.utils import utcnow
from moto.eks.responses import EKSResponse

from groundplan.cloud.simulator import identifiers
from groundplan.cloud.simulator.registry import Call, Refused, operation
from groundplan.cloud.simulator.services import eks_cluster


@operation(EKSResponse, "CreatePodIdentityAssociation")
def create_pod_identity_association(call: Call) -> dict[str, Any]:
    """Give a service account a role."""
    given = call.parameters
    association = associate(call, given["namespace"], given["serviceAccount"], given["roleArn"])
    association["tags"] = given.get("tags", {})
    return {"association": association}


def associate(call: Call, namespace: str, account: str, role: str) -> dict[str, Any]:
    """Make an association in the cluster that the request names, and return it.

    Raises:
        Refused: the service account has one already.
    """
    cluster = eks_cluster.of(call).name
    for row in list(call.table("pod identity").values()):
        if (row["clusterName"], row["namespace"], row["serviceAccount"]) == (
            cluster,
            namespace,
            account,
        ):
            raise Refused(
                "ResourceInUseException",
                f"Association already exists: {row['associationId']}",
            )
    number = f"a-{identifiers.random(17)}"
    association = {
        "clusterName": cluster,
        "namespace": namespace,
        "serviceAccount": account,
        "roleArn": role,
        "associationId": number,
        "associationArn": call.arn("eks", f"podidentityassociation/{cluster}/{number}"),
        "tags": {},
        "createdAt": utcnow(),
        "modifiedAt": utcnow(),
    }
    call.table("pod identity")[cluster, number] = association
    return association


def _of(call: Call) -> dict[str, Any]:
    number = call.parameters["associationId"]
    return call.found(
        "pod identity",
        eks_cluster.of(call).name,
        number,
        code="ResourceNotFoundException",
        message=f"The requested pod identity association could not be found: {number}",
    )


@operation(EKSResponse, "DescribePodIdentityAssociation")
def describe_pod_identity_association(call: Call) -> dict[str, Any]:
    """Return one association."""
    return {"association": _of(call)}


@operation(EKSResponse, "ListPodIdentityAssociations")
def list_pod_identity_associations(call: Call) -> dict[str, Any]:
    """Return a cluster's associations, of one namespace or service account if so asked."""
    cluster, given = eks_cluster.of(call).name, call.parameters
    rows = [
        row for row in list(call.table("pod identity").values()) if row["clusterName"] == cluster
    ]
    for key in ("namespace", "serviceAccount"):
        rows = [row for row in rows if given.get(key) in (None, row[key])]
    return {"associations": rows}


@operation(EKSResponse, "UpdatePodIdentityAssociation")
def update_pod_identity_association(call: Call) -> dict[str, Any]:
    """Give the service account another role."""
    association = _of(call)
    association["roleArn"] = call.parameters.get("roleArn", association["roleArn"])
    association["modifiedAt"] = utcnow()
    return {"association": association}


@operation(EKSResponse, "DeletePodIdentityAssociation")
def delete_pod_identity_association(call: Call) -> dict[str, Any]:
    """Take the role away."""
    association = _of(call)
    key = association["clusterName"], association["associationId"]
    return {"association": call.table("pod identity").pop(key)}
