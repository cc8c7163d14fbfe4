"""Principals enter a cluster by an entry, with the rights that are associated with it."""

ROLE = "arn:aws:iam::123456789012:role/team/admin"
ENTRY = {"clusterName": "one", "principalArn": ROLE}
POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"


def test_an_entry_is_there_until_it_is_deleted(ask, cluster):
    """A role whose name holds slashes is found again, changed and shut out."""
    ask("eks", "create_access_entry", **ENTRY)
    ask("eks", "update_access_entry", **ENTRY, kubernetesGroups=["viewers"])
    entry = ask("eks", "describe_access_entry", **ENTRY)["accessEntry"]
    assert (ROLE, ["viewers"]) == (entry["principalArn"], entry["kubernetesGroups"])
    assert [ROLE] == ask("eks", "list_access_entries", clusterName="one")["accessEntries"]
    ask("eks", "delete_access_entry", **ENTRY)
    assert [] == ask("eks", "list_access_entries", clusterName="one")["accessEntries"]


def test_rights_are_given_and_taken(ask, cluster):
    """A policy reaches as far as it was told to."""
    ask("eks", "create_access_entry", **ENTRY)
    scope = {"type": "namespace", "namespaces": ["platform"]}
    ask("eks", "associate_access_policy", **ENTRY, policyArn=POLICY, accessScope=scope)
    found = ask("eks", "list_associated_access_policies", **ENTRY)["associatedAccessPolicies"]
    assert [(POLICY, scope)] == [(one["policyArn"], one["accessScope"]) for one in found]
    ask("eks", "disassociate_access_policy", **ENTRY, policyArn=POLICY)
    assert [] == ask("eks", "list_associated_access_policies", **ENTRY)["associatedAccessPolicies"]


def test_unknown_and_repeated_ones_are_refused(ask, cluster):
    """The errors have the codes of AWS."""
    error = ask("eks", "describe_access_entry", **ENTRY)["error"]
    assert "ResourceNotFoundException" == error["Code"]
    ask("eks", "create_access_entry", **ENTRY)
    assert "ResourceInUseException" == ask("eks", "create_access_entry", **ENTRY)["error"]["Code"]
    error = ask("eks", "disassociate_access_policy", **ENTRY, policyArn=POLICY)["error"]
    assert "ResourceNotFoundException" == error["Code"]
