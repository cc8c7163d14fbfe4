"""A client VPN endpoint reaches subnets and lets groups in."""

import pytest

CHAIN = "arn:aws:acm:us-east-1:123456789012:certificate/1"


@pytest.fixture
def endpoint(ask):
    """Return the id of an endpoint with a tag."""
    mutual = {"ClientRootCertificateChainArn": CHAIN}
    tags = [{"Key": "Name", "Value": "vpn"}]
    return ask(
        "ec2",
        "create_client_vpn_endpoint",
        ClientCidrBlock="10.9.0.0/22",
        ServerCertificateArn=CHAIN,
        AuthenticationOptions=[
            {"Type": "certificate-authentication", "MutualAuthentication": mutual}
        ],
        ConnectionLogOptions={"Enabled": True, "CloudwatchLogGroup": "vpn"},
        TagSpecifications=[{"ResourceType": "client-vpn-endpoint", "Tags": tags}],
    )["ClientVpnEndpointId"]


def _read(ask, endpoint):
    answer = ask("ec2", "describe_client_vpn_endpoints", ClientVpnEndpointIds=[endpoint])
    return answer["ClientVpnEndpoints"][0]


def test_an_endpoint_is_read_back(ask, endpoint):
    """What was given is there, with its tags."""
    found = _read(ask, endpoint)
    chain = found["AuthenticationOptions"][0]["MutualAuthentication"]["ClientRootCertificateChain"]
    assert ("10.9.0.0/22", CHAIN, "vpn") == (
        found["ClientCidrBlock"],
        chain,
        found["ConnectionLogOptions"]["CloudwatchLogGroup"],
    )
    assert [{"Key": "Name", "Value": "vpn"}] == found["Tags"]


def test_a_subnet_makes_it_available(ask, endpoint, subnets):
    """It waits for a subnet, and again when the last one is gone; it is not deleted before."""
    here = {"ClientVpnEndpointId": endpoint}
    made = ask("ec2", "associate_client_vpn_target_network", **here, SubnetId=subnets[0])
    assert "available" == _read(ask, endpoint)["Status"]["Code"]
    assert (
        "InvalidParameterValue"
        == ask("ec2", "delete_client_vpn_endpoint", **here)["error"]["Code"]
    )
    networks = ask("ec2", "describe_client_vpn_target_networks", **here)
    assert [subnets[0]] == [one["TargetNetworkId"] for one in networks["ClientVpnTargetNetworks"]]
    number = made["AssociationId"]
    ask("ec2", "disassociate_client_vpn_target_network", **here, AssociationId=number)
    assert "pending-associate" == _read(ask, endpoint)["Status"]["Code"]


def test_who_may_go_where_is_said_and_taken_back(ask, endpoint):
    """A rule is found by its network."""
    rule = {"ClientVpnEndpointId": endpoint, "TargetNetworkCidr": "10.0.0.0/16"}
    ask("ec2", "authorize_client_vpn_ingress", **rule, AuthorizeAllGroups=True)
    here = {
        "ClientVpnEndpointId": endpoint,
        "Filters": [{"Name": "destination-cidr", "Values": ["10.0.0.0/16"]}],
    }
    found = ask("ec2", "describe_client_vpn_authorization_rules", **here)["AuthorizationRules"]
    assert [("10.0.0.0/16", True)] == [(one["DestinationCidr"], one["AccessAll"]) for one in found]
    ask("ec2", "revoke_client_vpn_ingress", **rule, RevokeAllGroups=True)
    found = ask("ec2", "describe_client_vpn_authorization_rules", **here)["AuthorizationRules"]
    assert [] == found


def test_it_is_changed_and_deleted(ask, endpoint):
    """A deleted one is refused in the words of AWS."""
    here = {"ClientVpnEndpointId": endpoint}
    ask("ec2", "modify_client_vpn_endpoint", **here, SessionTimeoutHours=8)
    assert 8 == _read(ask, endpoint)["SessionTimeoutHours"]
    ask("ec2", "delete_client_vpn_endpoint", **here)
    error = ask("ec2", "describe_client_vpn_endpoints", ClientVpnEndpointIds=[endpoint])["error"]
    assert ("InvalidClientVpnEndpointId.NotFound", f"Endpoint {endpoint} does not exist") == (
        error["Code"],
        error["Message"],
    )
