"""Add-ons are installed, read back, changed and removed."""

COREDNS = {"clusterName": "one", "addonName": "coredns"}


def test_an_add_on_is_there_until_it_is_removed(ask, cluster):
    """It is active at once, has a version, and takes new settings."""
    made = ask("eks", "create_addon", **COREDNS, configurationValues="{}")["addon"]
    assert ("ACTIVE", "{}") == (made["status"], made["configurationValues"])
    assert ["coredns"] == ask("eks", "list_addons", clusterName="one")["addons"]
    ask("eks", "update_addon", **COREDNS, addonVersion="v9.9.9-eksbuild.1")
    assert "v9.9.9-eksbuild.1" == ask("eks", "describe_addon", **COREDNS)["addon"]["addonVersion"]
    ask("eks", "delete_addon", **COREDNS)
    assert [] == ask("eks", "list_addons", clusterName="one")["addons"]


def test_its_identities_come_and_go_with_it(ask, cluster):
    """A role that an add-on brings is associated with its service account."""
    role = {"serviceAccount": "coredns", "roleArn": "arn:aws:iam::123456789012:role/dns"}
    ask("eks", "create_addon", **COREDNS, podIdentityAssociations=[role])
    listed = ask("eks", "list_pod_identity_associations", clusterName="one")["associations"]
    assert ["coredns"] == [one["serviceAccount"] for one in listed]
    ask("eks", "delete_addon", **COREDNS)
    assert {"associations": []} == ask("eks", "list_pod_identity_associations", clusterName="one")


def test_unknown_and_repeated_ones_are_refused(ask, cluster):
    """The errors have the words of AWS."""
    error = ask("eks", "describe_addon", **COREDNS)["error"]
    assert "No addon: coredns found in cluster: one" == error["Message"]
    error = ask("eks", "create_addon", clusterName="one", addonName="nothing")["error"]
    assert "InvalidParameterException" == error["Code"]
    ask("eks", "create_addon", **COREDNS)
    assert "ResourceInUseException" == ask("eks", "create_addon", **COREDNS)["error"]["Code"]


def test_a_repeated_request_is_answered_again(ask, cluster):
    """A client that lost the answer asks with the same token and is not refused."""
    first = ask("eks", "create_addon", **COREDNS, clientRequestToken="once")
    assert first == ask("eks", "create_addon", **COREDNS, clientRequestToken="once")


def test_versions_are_told(ask):
    """Each add-on has a default version for a Kubernetes version."""
    found = ask("eks", "describe_addon_versions", addonName="vpc-cni", kubernetesVersion="1.33")
    version = found["addons"][0]["addonVersions"][0]
    assert "1.33" == version["compatibilities"][0]["clusterVersion"]
