"""EKS clusters: what moto leaves out of a cluster, and changing one.

moto keeps what it is given; AWS adds the VPC, a security group of its own, an identity
provider and defaults, all of which Terraform reads back.
"""

import contextlib
import uuid
from typing import Any

from moto.core.utils import utcnow
from moto.ec2.exceptions import InvalidSecurityGroupNotFoundError
from moto.ec2.models import ec2_backends
from moto.eks.responses import EKSResponse

from groundplan.cloud.simulator import identifiers
from groundplan.cloud.simulator.registry import Call, completed, operation

NETWORK = {
    "endpointPublicAccess": True,
    "endpointPrivateAccess": False,
    "publicAccessCidrs": ["0.0.0.0/0"],
    "securityGroupIds": [],
}
KUBERNETES_NETWORK = {
    "ipFamily": "ipv4",
    "serviceIpv4Cidr": "172.20.0.0/16",
    "elasticLoadBalancing": {"enabled": False},
}


def of(call: Call) -> Any:
    """Return the cluster that a request names; moto refuses an unknown one as AWS does."""
    given = call.parameters
    name = given["clusterName"] if "clusterName" in given else given["name"]
    return call.response.eks_backend.describe_cluster(name)


def update(kind: str = "ConfigUpdate") -> dict[str, Any]:
    """Return the answer to a change: an update that has already succeeded."""
    return {
        "update": {
            "id": str(uuid.uuid4()),
            "status": "Successful",
            "type": kind,
            "createdAt": utcnow(),
            "errors": [],
            "params": [],
        }
    }


@completed(EKSResponse, "CreateCluster")
def create_cluster(call: Call, answer: Any) -> None:
    """Add what AWS decides about a new cluster."""
    cluster, given = answer["cluster"], call.parameters
    access = given.get("accessConfig", {})
    cluster.access_config = {
        "authenticationMode": access.get("authenticationMode", "CONFIG_MAP"),
        "bootstrapClusterCreatorAdminPermissions": access.get(
            "bootstrapClusterCreatorAdminPermissions", True
        ),
    }
    cluster.upgrade_policy = given.get("upgradePolicy", {"supportType": "EXTENDED"})
    cluster.zonal_shift_config = given.get("zonalShiftConfig")
    cluster.deletion_protection = given.get("deletionProtection", False)
    cluster.kubernetes_network_config = {
        **KUBERNETES_NETWORK,
        **given.get("kubernetesNetworkConfig", {}),
    }
    provider = identifiers.random(32, "0123456789ABCDEF")
    cluster.identity = {
        "oidc": {"issuer": f"https://oidc.eks.{call.region}.amazonaws.com/id/{provider}"}
    }
    _place(call, cluster)


def _place(call: Call, cluster: Any) -> None:
    """Give a cluster the VPC of its subnets and a security group there."""
    ec2 = ec2_backends[call.account][call.region]
    vpc = ec2.get_subnet(cluster.resources_vpc_config["subnetIds"][0]).vpc_id
    name = f"eks-cluster-sg-{cluster.name}-{identifiers.random(10, identifiers.HEXADECIMAL)}"
    group = ec2.create_security_group(name, "EKS created security group", vpc)
    cluster.resources_vpc_config = {
        **NETWORK,
        **cluster.resources_vpc_config,
        "vpcId": vpc,
        "clusterSecurityGroupId": group.id,
    }


@completed(EKSResponse, "DeleteCluster")
def delete_cluster(call: Call, answer: Any) -> None:
    """Remove the cluster's security group and all that we keep below the cluster."""
    cluster = answer["cluster"]
    group = cluster.resources_vpc_config["clusterSecurityGroupId"]
    with contextlib.suppress(InvalidSecurityGroupNotFoundError):
        ec2_backends[call.account][call.region].delete_security_group(group_id=group)
    for kind in ("addon", "access entry", "access policy", "pod identity"):
        table = call.table(kind)
        for key in [key for key in table if key[0] == cluster.name]:
            del table[key]


@operation(EKSResponse, "UpdateClusterConfig")
def update_cluster_config(call: Call) -> dict[str, Any]:
    """Change network, logging or access; moto answers with a cluster, AWS with an update."""
    cluster, given = of(call), call.parameters
    cluster.resources_vpc_config.update(given.get("resourcesVpcConfig", {}))
    cluster.access_config.update(given.get("accessConfig", {}))
    cluster.logging = given.get("logging", cluster.logging)
    cluster.upgrade_policy = given.get("upgradePolicy", cluster.upgrade_policy)
    cluster.zonal_shift_config = given.get("zonalShiftConfig", cluster.zonal_shift_config)
    cluster.deletion_protection = given.get("deletionProtection", cluster.deletion_protection)
    return update()


@operation(EKSResponse, "UpdateClusterVersion")
def update_cluster_version(call: Call) -> dict[str, Any]:
    """Raise the Kubernetes version at once."""
    of(call).version = call.parameters["version"]
    return update("VersionUpdate")


@operation(EKSResponse, "DescribeUpdate")
def describe_update(call: Call) -> dict[str, Any]:
    """Say that a change has succeeded, as all of them do here."""
    answer = update()
    answer["update"]["id"] = call.parameters["updateId"]
    return answer
