"""A node group scales by an Auto Scaling group that is there and can be tagged."""

import pytest

NAMES = {"clusterName": "one", "nodegroupName": "main"}


@pytest.fixture
def group(ask, cluster, subnets):
    """Return a node group from a launch template."""
    made = ask("ec2", "create_launch_template", LaunchTemplateName="t", LaunchTemplateData={})
    return ask(
        "eks",
        "create_nodegroup",
        **NAMES,
        subnets=subnets,
        nodeRole="arn:aws:iam::123456789012:role/node",
        scalingConfig={"minSize": 1, "maxSize": 20, "desiredSize": 3},
        launchTemplate={"id": made["LaunchTemplate"]["LaunchTemplateId"], "version": "1"},
    )["nodegroup"]


def test_it_scales_within_its_bounds(ask, group):
    """The Auto Scaling group has the sizes of the node group, and no instance."""
    name = group["resources"]["autoScalingGroups"][0]["name"]
    groups = ask("autoscaling", "describe_auto_scaling_groups", AutoScalingGroupNames=[name])
    found = groups["AutoScalingGroups"][0]
    assert (1, 20, []) == (found["MinSize"], found["MaxSize"], found["Instances"])
    assert {"minSize": 1, "maxSize": 20, "desiredSize": 3} == group["scalingConfig"]


def test_its_version_is_the_cluster_s(ask, group):
    """Without a version of its own it has the cluster's, and can be given a newer one."""
    assert "1.33" == group["version"]
    ask("eks", "update_nodegroup_version", **NAMES, version="1.34")
    assert "1.34" == ask("eks", "describe_nodegroup", **NAMES)["nodegroup"]["version"]


def test_an_unknown_one_is_refused(ask, cluster):
    """The error has the words of AWS."""
    error = ask("eks", "update_nodegroup_version", **NAMES)["error"]
    assert ("ResourceNotFoundException", "No node group found for name: main.") == (
        error["Code"],
        error["Message"],
    )


def test_deleting_takes_its_scaling_along(ask, group):
    """No Auto Scaling group outlives its node group."""
    ask("eks", "delete_nodegroup", **NAMES)
    assert [] == ask("autoscaling", "describe_auto_scaling_groups")["AutoScalingGroups"]
