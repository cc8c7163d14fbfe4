"""A cluster has what AWS adds to it, and changes as it is told."""


def test_a_cluster_has_what_aws_decides(ask, cluster):
    """VPC, a security group of its own and an identity provider are there; defaults are AWS's."""
    network = cluster["resourcesVpcConfig"]
    groups = ask("ec2", "describe_security_groups", GroupIds=[network["clusterSecurityGroupId"]])
    assert network["vpcId"] == groups["SecurityGroups"][0]["VpcId"]
    assert (True, False) == (network["endpointPublicAccess"], network["endpointPrivateAccess"])
    assert "API" == cluster["accessConfig"]["authenticationMode"]
    assert "172.20.0.0/16" == cluster["kubernetesNetworkConfig"]["serviceIpv4Cidr"]
    assert cluster["identity"]["oidc"]["issuer"].startswith("https://oidc.eks.us-east-1.")


def test_a_change_succeeds_at_once(ask, cluster):
    """A change answers with an update, which is done when asked for, and keeps the rest."""
    network = {"endpointPublicAccess": False, "endpointPrivateAccess": True}
    update = ask("eks", "update_cluster_config", name="one", resourcesVpcConfig=network)["update"]
    asked = ask("eks", "describe_update", name="one", updateId=update["id"])["update"]
    assert (update["id"], "Successful") == (asked["id"], asked["status"])
    changed = ask("eks", "describe_cluster", name="one")["cluster"]["resourcesVpcConfig"]
    assert {**cluster["resourcesVpcConfig"], **network} == changed


def test_a_version_is_raised(ask, cluster):
    """The new version is there after the update."""
    ask("eks", "update_cluster_version", name="one", version="1.34")
    assert "1.34" == ask("eks", "describe_cluster", name="one")["cluster"]["version"]


def test_deleting_leaves_nothing(ask, cluster):
    """The security group and all below the cluster go with it."""
    ask("eks", "create_addon", clusterName="one", addonName="coredns")
    ask("eks", "delete_cluster", name="one")
    group = cluster["resourcesVpcConfig"]["clusterSecurityGroupId"]
    error = ask("ec2", "describe_security_groups", GroupIds=[group])["error"]
    assert "InvalidGroup.NotFound" == error["Code"]
    error = ask("eks", "describe_addon", clusterName="one", addonName="coredns")["error"]
    assert "No cluster found for name: one." == error["Message"]
