"""Everything in EKS can be tagged."""

import pytest


@pytest.fixture
def arns(ask, cluster):
    """Return the names of a cluster and of what is below it."""
    role = "arn:aws:iam::123456789012:role/one"
    addon = ask("eks", "create_addon", clusterName="one", addonName="coredns")["addon"]
    entry = ask("eks", "create_access_entry", clusterName="one", principalArn=role)
    identity = ask(
        "eks",
        "create_pod_identity_association",
        clusterName="one",
        namespace="a",
        serviceAccount="b",
        roleArn=role,
    )
    return [
        cluster["arn"],
        addon["addonArn"],
        entry["accessEntry"]["accessEntryArn"],
        identity["association"]["associationArn"],
    ]


def test_tags_are_added_and_removed(ask, arns):
    """Each resource has its own tags."""
    for arn in arns:
        ask("eks", "tag_resource", resourceArn=arn, tags={"name": arn, "owner": "team"})
        ask("eks", "untag_resource", resourceArn=arn, tagKeys=["owner"])
    found = [ask("eks", "list_tags_for_resource", resourceArn=arn)["tags"] for arn in arns]
    assert [{"name": arn} for arn in arns] == found


def test_an_unknown_name_is_refused(ask):
    """A tag for nothing is an error."""
    arn = "arn:aws:eks:us-east-1:123456789012:cluster/none"
    error = ask("eks", "tag_resource", resourceArn=arn, tags={"a": "b"})["error"]
    assert "NotFoundException" == error["Code"]
