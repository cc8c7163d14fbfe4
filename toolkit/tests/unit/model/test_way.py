"""Ways follow from the arrows of the file."""

from collections.abc import Callable

from groundplan.model import way
from groundplan.model.platform import Platform
from groundplan.model.way import Way


def test_every_call_opens_a_way(platform_with: Callable[[str], Platform]) -> None:
    """The reference's arrows are there, each with who needs it, and none beside them."""
    found = {each.key: reasons for each, reasons in way.ways(platform_with("")).items()}
    assert found["internet-load-balancer-443"] == ("users",)
    assert found["load-balancer-nodes-8080"] == ("load balancer to frontend",)
    assert found["nodes-database-5432"] == ("backend to database",)
    assert found["nodes-nodes-6379"] == ("authz to cache", "backend to cache")
    assert not {key for key in found if key.startswith("database-")}
    assert not {key for key in found if key.endswith("database-5432")} - {"nodes-database-5432"}


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
