"""A service account has one role, which can be changed and taken away."""

ACCOUNT = {"clusterName": "one", "namespace": "platform", "serviceAccount": "backend"}
ROLE = "arn:aws:iam::123456789012:role/backend"


def test_an_association_is_there_until_it_is_deleted(ask, cluster):
    """It is found by its id and by its namespace."""
    made = ask("eks", "create_pod_identity_association", **ACCOUNT, roleArn=ROLE)["association"]
    name = {"clusterName": "one", "associationId": made["associationId"]}
    ask("eks", "update_pod_identity_association", **name, roleArn=f"{ROLE}-2")
    found = ask("eks", "describe_pod_identity_association", **name)["association"]
    assert ("backend", f"{ROLE}-2") == (found["serviceAccount"], found["roleArn"])
    elsewhere = {"clusterName": "one", "namespace": "elsewhere"}
    assert [] == ask("eks", "list_pod_identity_associations", **elsewhere)["associations"]
    ask("eks", "delete_pod_identity_association", **name)
    error = ask("eks", "describe_pod_identity_association", **name)["error"]
    assert "ResourceNotFoundException" == error["Code"]


def test_a_second_role_is_refused(ask, cluster):
    """The pods of a service account take on one role."""
    ask("eks", "create_pod_identity_association", **ACCOUNT, roleArn=ROLE)
    error = ask("eks", "create_pod_identity_association", **ACCOUNT, roleArn=ROLE)["error"]
    assert "ResourceInUseException" == error["Code"]
