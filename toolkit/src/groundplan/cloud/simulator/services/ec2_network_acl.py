"""EC2 network ACLs: which ICMP messages a row is about; moto looks for it under old names."""

from typing import Any

from moto.ec2.responses import EC2Response

from groundplan.cloud.simulator.registry import Call, completed


@completed(EC2Response, "CreateNetworkAclEntry", "ReplaceNetworkAclEntry")
def put_network_acl_entry(call: Call, answer: Any) -> None:
    """Add type and code to the row that was just written."""
    given = call.parameters
    messages = given.get("IcmpTypeCode", {})
    acl = call.response.ec2_backend.get_network_acl(given["NetworkAclId"])
    for row in acl.network_acl_entries:
        if (row.rule_number, row.egress) == (given["RuleNumber"], given["Egress"]):
            row.icmp_type, row.icmp_code = messages.get("Type"), messages.get("Code")
