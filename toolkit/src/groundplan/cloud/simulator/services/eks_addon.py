"""EKS add-ons: installing, reading, changing and removing them, and which versions there are."""

import uuid
from typing import Any

from moto.core.utils import utcnow
from moto.eks.responses import EKSResponse

from groundplan.cloud.simulator.registry import Call, Refused, operation
from groundplan.cloud.simulator.services import eks_cluster, eks_pod_identity

VERSIONS = {
    "vpc-cni": "v1.20.4-eksbuild.2",
    "coredns": "v1.12.4-eksbuild.1",
    "kube-proxy": "v1.34.1-eksbuild.2",
    "aws-ebs-csi-driver": "v1.53.0-eksbuild.1",
    "eks-pod-identity-agent": "v1.3.10-eksbuild.1",
    "metrics-server": "v0.8.0-eksbuild.3",
}
"""The version that is installed where none is asked for."""
KUBERNETES_VERSIONS = ("1.31", "1.32", "1.33", "1.34", "1.35")
CHANGEABLE = ("addonVersion", "serviceAccountRoleArn", "configurationValues")


@operation(EKSResponse, "CreateAddon")
def create_addon(call: Call) -> dict[str, Any]:
    """Install an add-on, which is active at once."""
    cluster, given = eks_cluster.of(call), call.parameters
    name = given["addonName"]
    if (cluster.name, name) in call.table("addon"):
        raise Refused("ResourceInUseException", "Addon already exists.")
    addon = {
        "addonName": name,
        "clusterName": cluster.name,
        "status": "ACTIVE",
        "addonVersion": given.get("addonVersion", _default(name)),
        "health": {"issues": []},
        "addonArn": call.arn("eks", f"addon/{cluster.name}/{name}/{uuid.uuid4()}"),
        "createdAt": utcnow(),
        "modifiedAt": utcnow(),
        "serviceAccountRoleArn": given.get("serviceAccountRoleArn"),
        "configurationValues": given.get("configurationValues"),
        "tags": given.get("tags", {}),
        "podIdentityAssociations": _identities(call, given.get("podIdentityAssociations", [])),
    }
    call.table("addon")[cluster.name, name] = addon
    return {"addon": addon}


def _default(name: str) -> str:
    if name not in VERSIONS:
        raise Refused("InvalidParameterException", f"Addon {name} specified is not supported")
    return VERSIONS[name]


def _identities(call: Call, wanted: list[dict[str, str]]) -> list[str]:
    """Associate an add-on's service accounts with roles; return the associations' names."""
    return [
        eks_pod_identity.associate(call, "kube-system", one["serviceAccount"], one["roleArn"])[
            "associationArn"
        ]
        for one in wanted
    ]


def _of(call: Call) -> dict[str, Any]:
    cluster, name = eks_cluster.of(call).name, call.parameters["addonName"]
    return call.found(
        "addon",
        cluster,
        name,
        code="ResourceNotFoundException",
        message=f"No addon: {name} found in cluster: {cluster}",
    )


@operation(EKSResponse, "DescribeAddon")
def describe_addon(call: Call) -> dict[str, Any]:
    """Return one add-on."""
    return {"addon": _of(call)}


@operation(EKSResponse, "ListAddons")
def list_addons(call: Call) -> dict[str, Any]:
    """Return the names of a cluster's add-ons."""
    cluster = eks_cluster.of(call).name
    return {"addons": [name for owner, name in list(call.table("addon")) if owner == cluster]}


@operation(EKSResponse, "UpdateAddon")
def update_addon(call: Call) -> dict[str, Any]:
    """Change version, role or configuration at once."""
    addon = _of(call)
    addon.update({key: call.parameters[key] for key in CHANGEABLE if key in call.parameters})
    addon["modifiedAt"] = utcnow()
    return eks_cluster.update("AddonUpdate")


@operation(EKSResponse, "DeleteAddon")
def delete_addon(call: Call) -> dict[str, Any]:
    """Remove an add-on, and the pod identities that came with it."""
    addon = _of(call)
    identities = call.table("pod identity")
    for key, row in list(identities.items()):
        if row["associationArn"] in addon["podIdentityAssociations"]:
            del identities[key]
    del call.table("addon")[addon["clusterName"], addon["addonName"]]
    return {"addon": {**addon, "status": "DELETING"}}


@operation(EKSResponse, "DescribeAddonVersions")
def describe_addon_versions(call: Call) -> dict[str, Any]:
    """Return one version of each add-on, good for every Kubernetes version."""
    wanted = call.parameters.get("addonName")
    versions = call.parameters.get("kubernetesVersion")
    return {
        "addons": [
            {
                "addonName": name,
                "addonVersions": [
                    {
                        "addonVersion": version,
                        "compatibilities": [
                            {"clusterVersion": kubernetes, "defaultVersion": True}
                            for kubernetes in ([versions] if versions else KUBERNETES_VERSIONS)
                        ],
                    }
                ],
            }
            for name, version in VERSIONS.items()
            if wanted in (None, name)
        ]
    }
