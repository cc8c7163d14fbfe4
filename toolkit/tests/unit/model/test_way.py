"""Ways follow from the arrows of the file."""

from collections.abc import Callable

from groundplan.model import way
from groundplan.model.platform import Platform
from groundplan.model.way import Way


def test_every_call_opens_a_way(platform_with: Callable[[str], Platform]) -> None:
    """The reference's arrows are there, each with who needs it, and none beside them."""
    found = {each.key: reasons for each, reasons in way.ways(platform_with("")).items()}
    assert found["internet-load-balancer-443"] == ("users",)
    assert found["load-balancer-nodes-8443"] == ("load balancer to frontend",)
    assert found["nodes-database-5432"] == ("backend to database",)
    assert found["nodes-nodes-8443"][:2] == ("frontend to gateway", "gateway to authz")
    cache = ("authz to cache", "backend to cache", "Argo CD to its cache")
    assert cache == found["nodes-nodes-6379"]
    assert not {key for key in found if key.startswith("database-")}
    assert not {key for key in found if key.endswith("database-5432")} - {"nodes-database-5432"}


def test_the_port_says_whether_traffic_is_encrypted(
    platform_with: Callable[[str], Platform],
) -> None:
    """Services listen on another port where the file turns encryption off."""
    plain = platform_with("security: {encryption: {inTransit: false}}")
    keys = {each.key for each in way.ways(plain)}
    assert {"load-balancer-nodes-8080", "nodes-nodes-8080"} <= keys
    assert not {key for key in keys if key.endswith("-8443")}


def test_the_cluster_s_own_ways_are_open(platform_with: Callable[[str], Platform]) -> None:
    """Names, kubelets, webhooks, figures and Argo CD have theirs, the control plane its own."""
    keys = {each.key for each in way.ways(platform_with(""))}
    nodes = {"nodes-nodes-53-udp", "nodes-nodes-53", "nodes-nodes-9901", "nodes-nodes-8081"}
    control = {f"control-plane-nodes-{port}" for port in (443, 9443, 10250, 10251)}
    assert nodes | control <= keys
    assert control == {key for key in keys if key.startswith("control-plane-")}


def test_signals_have_their_ways(platform_with: Callable[[str], Platform]) -> None:
    """From node to node, each with what goes there."""
    found = {each.key: reasons for each, reasons in way.ways(platform_with("")).items()}
    assert ("spans to the collector",) == found["nodes-nodes-4318"]
    assert ("figures of frontend",) == found["nodes-nodes-9113"]
    assert ("figures of the database",) == found["nodes-nodes-9187"]
    assert ("figures of who makes certificates",) == found["nodes-nodes-9402"]


def test_nobody_reaches_a_database_that_nobody_calls(
    platform_with: Callable[[str], Platform],
) -> None:
    """Without the arrow there is no way."""
    platform = platform_with("services: {backend: {calls: [cache], routes: []}}")
    assert "nodes-database-5432" not in {each.key for each in way.ways(platform)}


def test_switches_open_and_close(platform_with: Callable[[str], Platform]) -> None:
    """NAT, endpoints and the VPN bring their ways, and take them away."""
    closed = way.ways(platform_with("network: {nat: none, endpoints: []}"))
    keys = {each.key for each in closed}
    assert not keys & {"nodes-internet-443", "nodes-endpoints-443", "vpn-control-plane-443"}
    vpn = platform_with("network: {vpn: {enabled: true}}")
    assert Way("vpn", "control-plane", 443) in way.ways(vpn)
    assert "vpn" in way.groups(vpn)


def test_without_nat_buckets_are_still_reached(platform_with: Callable[[str], Platform]) -> None:
    """By the list of addresses that AWS keeps for S3 in the region, and by nothing wider."""
    closed = way.ways(platform_with("network: {nat: none}\nregion: eu-west-1"))
    (found,) = [each for each in closed if each.key == "nodes-s3-443"]
    assert Way("nodes", "com.amazonaws.eu-west-1.s3", 443) == found
    assert not any(each.target == way.INTERNET for each in closed)
    assert "nodes-s3-443" not in {each.key for each in way.ways(platform_with(""))}


def test_lists_and_networks_have_no_rules_of_their_own() -> None:
    """Only a group has a side that can be opened."""
    ends = ("nodes", "0.0.0.0/0", "com.amazonaws.us-east-1.s3")
    assert [True, False, False] == [way.is_group(end) for end in ends]
