"""EKS managed node groups: their defaults, versions, and the Auto Scaling group behind each."""

from typing import Any

from moto.autoscaling.models import autoscaling_backends
from moto.eks.responses import EKSResponse

from groundplan.cloud.simulator.registry import Call, Refused, completed, operation
from groundplan.cloud.simulator.services import eks_cluster

AMI_TYPE = "AL2023_x86_64_STANDARD"


@completed(EKSResponse, "CreateNodegroup")
def create_nodegroup(call: Call, answer: Any) -> None:
    """Add what AWS decides about a new node group, in place of moto's examples."""
    group, given = answer["nodegroup"], call.parameters
    group.remote_access = given.get("remoteAccess")
    group.update_config = given.get("updateConfig", {"maxUnavailable": 1})
    group.ami_type = given.get("amiType", AMI_TYPE)
    group.version = given.get("version", eks_cluster.of(call).version)
    group.release_version = given.get("releaseVersion", f"{group.version}.0-20260101")
    if "launchTemplate" in given:
        group.disk_size = None
    _scale(call, group)


def _scale(call: Call, group: Any) -> None:
    """Make the group's Auto Scaling group; no instance runs behind it, and it can be tagged."""
    name = f"eks-{group.nodegroup_name}-{group.uuid}"
    scaling = autoscaling_backends[call.account][call.region]
    made = scaling.create_auto_scaling_group(
        name=name,
        availability_zones=[],
        desired_capacity=0,
        max_size=group.scaling_config["maxSize"],
        min_size=0,
        instance_id=None,
        launch_config_name=None,
        launch_template=_template(call, group),
        vpc_zone_identifier=",".join(group.subnets),
        default_cooldown=None,
        health_check_period=None,
        health_check_type=None,
        load_balancers=[],
        target_group_arns=[],
        placement_group=None,
        termination_policies=[],
        tags=[],
        capacity_rebalance=group.capacity_type == "SPOT",
    )
    made.min_size = group.scaling_config["minSize"]
    group.resources = {"autoScalingGroups": [{"name": name}]}


def _template(call: Call, group: Any) -> dict[str, Any]:
    """Return the launch template of a node group; AWS makes one where none is given."""
    if group.launch_template:
        return {
            "LaunchTemplateId": group.launch_template["id"],
            "Version": group.launch_template.get("version", "$Default"),
        }
    ec2 = autoscaling_backends[call.account][call.region].ec2_backend
    made = ec2.create_launch_template(f"eks-{group.uuid}", "", {}, {})
    return {"LaunchTemplateId": made.id, "Version": "$Default"}


@completed(EKSResponse, "DeleteNodegroup")
def delete_nodegroup(call: Call, answer: Any) -> None:
    """Remove what stands behind a node group."""
    group = answer["nodegroup"]
    scaling = autoscaling_backends[call.account][call.region]
    for behind in group.resources["autoScalingGroups"]:
        scaling.autoscaling_groups.pop(behind["name"], None)
    if not group.launch_template:
        scaling.ec2_backend.delete_launch_template(f"eks-{group.uuid}", None)


@operation(EKSResponse, "UpdateNodegroupVersion")
def update_nodegroup_version(call: Call) -> dict[str, Any]:
    """Change version or launch template at once."""
    group, given = _of(call), call.parameters
    group.version = given.get("version", group.version)
    group.release_version = given.get("releaseVersion", group.release_version)
    if "launchTemplate" in given:
        group.launch_template = {**(group.launch_template or {}), **given["launchTemplate"]}
    return eks_cluster.update("VersionUpdate")


def _of(call: Call) -> Any:
    name = call.parameters["nodegroupName"]
    group = eks_cluster.of(call).nodegroups.get(name)
    if group is None:
        raise Refused("ResourceNotFoundException", f"No node group found for name: {name}.")
    return group
