"""A row of a network ACL keeps which ICMP messages it is about."""


def test_icmp_messages_are_read_back(ask):
    """Type and code are those that were given, also after a row was replaced."""
    acl = ask("ec2", "describe_network_acls")["NetworkAcls"][0]["NetworkAclId"]
    row = {
        "NetworkAclId": acl,
        "RuleNumber": 300,
        "Protocol": "1",
        "RuleAction": "allow",
        "Egress": False,
        "CidrBlock": "0.0.0.0/0",
    }
    for operation, code in (("create_network_acl_entry", 4), ("replace_network_acl_entry", 0)):
        ask("ec2", operation, **row, IcmpTypeCode={"Type": 3, "Code": code})
        entries = ask("ec2", "describe_network_acls", NetworkAclIds=[acl])["NetworkAcls"][0][
            "Entries"
        ]
        found = [one["IcmpTypeCode"] for one in entries if one["RuleNumber"] == 300]
        assert [{"Type": 3, "Code": code}] == found
