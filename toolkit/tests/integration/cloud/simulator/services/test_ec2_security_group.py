"""A security group's rule keeps its description, whatever its other side is."""


def test_descriptions_are_read_back_and_changed(ask):
    """A rule that names a group has a description as one that names addresses has."""
    groups = ask("ec2", "describe_security_groups")["SecurityGroups"]
    group = groups[0]["GroupId"]
    sides = (
        {"UserIdGroupPairs": [{"GroupId": group, "Description": "by group"}]},
        {"IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "by address"}]},
    )
    ports = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}
    for side in sides:
        permissions = [{**ports, **side}]
        ask("ec2", "authorize_security_group_ingress", GroupId=group, IpPermissions=permissions)
    rules = _rules(ask, group)
    assert {"by group", "by address"} == set(rules)
    change = {**ports, "ReferencedGroupId": group, "Description": "changed"}
    ask(
        "ec2",
        "modify_security_group_rules",
        GroupId=group,
        SecurityGroupRules=[
            {"SecurityGroupRuleId": rules["by group"], "SecurityGroupRule": change}
        ],
    )
    assert {"changed", "by address"} == set(_rules(ask, group))


def _rules(ask, group):
    """Return ids of a group's described rules by description."""
    filters = [{"Name": "group-id", "Values": [group]}]
    found = ask("ec2", "describe_security_group_rules", Filters=filters)["SecurityGroupRules"]
    return {
        one["Description"]: one["SecurityGroupRuleId"] for one in found if one.get("Description")
    }
