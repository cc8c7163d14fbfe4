"""EC2 client VPN: endpoints, the subnets they reach, and who may go where. moto has none."""

from typing import Any

from moto.core.utils import utcnow
from moto.ec2.responses import EC2Response

from groundplan.cloud.simulator import identifiers
from groundplan.cloud.simulator.registry import Call, Refused, operation

KEPT = (
    "Description",
    "ClientCidrBlock",
    "DnsServers",
    "ServerCertificateArn",
    "VpcId",
    "SecurityGroupIds",
    "ConnectionLogOptions",
)
CHANGEABLE = (
    "Description",
    "ServerCertificateArn",
    "VpnPort",
    "SplitTunnel",
    "SecurityGroupIds",
    "VpcId",
    "SessionTimeoutHours",
    "ConnectionLogOptions",
    "ClientLoginBannerOptions",
    "ClientRouteEnforcementOptions",
    "DisconnectOnSessionTimeout",
)


def _random(prefix: str) -> str:
    return prefix + identifiers.random(17, identifiers.HEXADECIMAL)


@operation(EC2Response, "CreateClientVpnEndpoint")
def create_client_vpn_endpoint(call: Call) -> dict[str, Any]:
    """Make an endpoint, which waits for its first subnet."""
    number, given = _random("cvpn-endpoint-"), call.parameters
    connect = {"Enabled": False, **given.get("ClientConnectOptions", {})}
    endpoint = {
        **{key: given[key] for key in KEPT if key in given},
        "ClientVpnEndpointId": number,
        "Status": {"Code": "pending-associate"},
        "CreationTime": utcnow(),
        "DnsName": f"*.{number}.prod.clientvpn.{call.region}.amazonaws.com",
        "SplitTunnel": given.get("SplitTunnel", False),
        "VpnProtocol": "openvpn",
        "TransportProtocol": given.get("TransportProtocol", "udp"),
        "VpnPort": given.get("VpnPort", 443),
        "SessionTimeoutHours": given.get("SessionTimeoutHours", 24),
        "AuthenticationOptions": [_authentication(one) for one in given["AuthenticationOptions"]],
        "ClientConnectOptions": {**connect, "Status": {"Code": "applied"}},
        "ClientLoginBannerOptions": given.get("ClientLoginBannerOptions", {"Enabled": False}),
        "ClientRouteEnforcementOptions": given.get(
            "ClientRouteEnforcementOptions", {"Enforced": False}
        ),
        "DisconnectOnSessionTimeout": given.get("DisconnectOnSessionTimeout", False),
        "SelfServicePortalUrl": _portal(number, given.get("SelfServicePortal")),
    }
    call.table("client vpn endpoint")[(number,)] = endpoint
    _tag(call, number)
    return {key: endpoint[key] for key in ("ClientVpnEndpointId", "Status", "DnsName")}


def _authentication(option: dict[str, Any]) -> dict[str, Any]:
    """Return how clients prove who they are, in the words of answers."""
    answer = {"Type": option["Type"]}
    if mutual := option.get("MutualAuthentication"):
        chain = mutual["ClientRootCertificateChainArn"]
        answer["MutualAuthentication"] = {"ClientRootCertificateChain": chain}
    for kind in ("ActiveDirectory", "FederatedAuthentication"):
        if kind in option:
            answer[kind] = option[kind]
    return answer


def _portal(number: str, wanted: str | None) -> str | None:
    if wanted != "enabled":
        return None
    return f"https://self-service.clientvpn.amazonaws.com/endpoints/{number}"


def _tag(call: Call, number: str) -> None:
    """Give an endpoint its tags; moto's backend keeps the tags of everything in EC2."""
    for specification in call.parameters.get("TagSpecifications", []):
        tags = {tag["Key"]: tag["Value"] for tag in specification["Tags"]}
        call.response.ec2_backend.create_tags([number], tags)


def _endpoint(call: Call, number: str) -> dict[str, Any]:
    return call.found(
        "client vpn endpoint",
        number,
        code="InvalidClientVpnEndpointId.NotFound",
        message=f"Endpoint {number} does not exist",
    )


@operation(EC2Response, "DescribeClientVpnEndpoints")
def describe_client_vpn_endpoints(call: Call) -> dict[str, Any]:
    """Return the endpoints that are asked for, or all."""
    every = [number for (number,) in list(call.table("client vpn endpoint"))]
    numbers = call.parameters.get("ClientVpnEndpointIds") or every
    describe_tags = call.response.ec2_backend.describe_tags
    return {
        "ClientVpnEndpoints": [
            {
                **_endpoint(call, number),
                "Tags": [
                    {"Key": tag["key"], "Value": tag["value"]}
                    for tag in describe_tags(filters={"resource-id": [number]})
                ],
            }
            for number in numbers
        ]
    }


@operation(EC2Response, "ModifyClientVpnEndpoint")
def modify_client_vpn_endpoint(call: Call) -> dict[str, Any]:
    """Change an endpoint at once."""
    given = call.parameters
    endpoint = _endpoint(call, given["ClientVpnEndpointId"])
    endpoint.update({key: given[key] for key in CHANGEABLE if key in given})
    if "DnsServers" in given:
        endpoint["DnsServers"] = given["DnsServers"].get("CustomDnsServers", [])
    return {"Return": True}


@operation(EC2Response, "DeleteClientVpnEndpoint")
def delete_client_vpn_endpoint(call: Call) -> dict[str, Any]:
    """Remove an endpoint and the rules of who may go where."""
    number = call.parameters["ClientVpnEndpointId"]
    _endpoint(call, number)
    if _associations(call, number):
        raise Refused(
            "InvalidParameterValue", f"Endpoint {number} has associations. Disassociate them first"
        )
    del call.table("client vpn endpoint")[(number,)]
    rules = call.table("client vpn rule")
    for key in [key for key in rules if key[0] == number]:
        del rules[key]
    return {"Status": {"Code": "deleting"}}


def _associations(call: Call, endpoint: str) -> list[dict[str, Any]]:
    rows = list(call.table("client vpn network").values())
    return [row for row in rows if row["ClientVpnEndpointId"] == endpoint]


@operation(EC2Response, "AssociateClientVpnTargetNetwork")
def associate_client_vpn_target_network(call: Call) -> dict[str, Any]:
    """Let an endpoint reach a subnet, which makes it available."""
    given = call.parameters
    endpoint = _endpoint(call, given["ClientVpnEndpointId"])
    subnet = call.response.ec2_backend.get_subnet(given["SubnetId"])
    number = _random("cvpn-assoc-")
    call.table("client vpn network")[(number,)] = {
        "AssociationId": number,
        "VpcId": subnet.vpc_id,
        "TargetNetworkId": subnet.id,
        "ClientVpnEndpointId": endpoint["ClientVpnEndpointId"],
        "Status": {"Code": "associated"},
        "SecurityGroups": endpoint.get("SecurityGroupIds", []),
    }
    endpoint["Status"] = {"Code": "available"}
    return {"AssociationId": number, "Status": {"Code": "associating"}}


@operation(EC2Response, "DescribeClientVpnTargetNetworks")
def describe_client_vpn_target_networks(call: Call) -> dict[str, Any]:
    """Return the subnets that an endpoint reaches."""
    number, wanted = call.parameters["ClientVpnEndpointId"], call.parameters.get("AssociationIds")
    _endpoint(call, number)
    rows = _associations(call, number)
    found = [row for row in rows if not wanted or row["AssociationId"] in wanted]
    return {"ClientVpnTargetNetworks": found}


@operation(EC2Response, "DisassociateClientVpnTargetNetwork")
def disassociate_client_vpn_target_network(call: Call) -> dict[str, Any]:
    """Take a subnet away; without any the endpoint waits again."""
    number = call.parameters["AssociationId"]
    table = call.table("client vpn network")
    if table.pop((number,), None) is None:
        raise Refused(
            "InvalidClientVpnAssociationId.NotFound", f"Association {number} does not exist"
        )
    endpoint = _endpoint(call, call.parameters["ClientVpnEndpointId"])
    if not _associations(call, endpoint["ClientVpnEndpointId"]):
        endpoint["Status"] = {"Code": "pending-associate"}
    return {"AssociationId": number, "Status": {"Code": "disassociating"}}


@operation(EC2Response, "AuthorizeClientVpnIngress")
def authorize_client_vpn_ingress(call: Call) -> dict[str, Any]:
    """Let a group, or everybody, reach a network."""
    given = call.parameters
    _endpoint(call, given["ClientVpnEndpointId"])
    call.table("client vpn rule")[_rule(call)] = {
        "ClientVpnEndpointId": given["ClientVpnEndpointId"],
        "DestinationCidr": given["TargetNetworkCidr"],
        "GroupId": given.get("AccessGroupId"),
        "AccessAll": given.get("AuthorizeAllGroups", False),
        "Description": given.get("Description"),
        "Status": {"Code": "active"},
    }
    return {"Status": {"Code": "authorizing"}}


def _rule(call: Call) -> tuple[str, str, str]:
    given = call.parameters
    group = given.get("AccessGroupId", "")
    return given["ClientVpnEndpointId"], given["TargetNetworkCidr"], group


@operation(EC2Response, "DescribeClientVpnAuthorizationRules")
def describe_client_vpn_authorization_rules(call: Call) -> dict[str, Any]:
    """Return who may reach what through an endpoint, filtered by network or group."""
    number = call.parameters["ClientVpnEndpointId"]
    _endpoint(call, number)
    rules = [row for key, row in list(call.table("client vpn rule").items()) if key[0] == number]
    names = {"destination-cidr": "DestinationCidr", "group-id": "GroupId"}
    for given in call.parameters.get("Filters", []):
        name = names[given["Name"]]
        rules = [rule for rule in rules if rule[name] in given["Values"]]
    return {"AuthorizationRules": rules}


@operation(EC2Response, "RevokeClientVpnIngress")
def revoke_client_vpn_ingress(call: Call) -> dict[str, Any]:
    """Take back who may reach a network."""
    if call.table("client vpn rule").pop(_rule(call), None) is None:
        raise Refused(
            "InvalidClientVpnAuthorizationRuleNotFound", "The authorization rule does not exist"
        )
    return {"Status": {"Code": "revoking"}}
