"""The network's part of the bill."""

import pytest

GROUP = "cluster: {nodeGroups: {main: {instanceTypes: [t3.large], min: 1, desired: 2, max: 4}}}\n"
QUIET = "objectives: {api: {throughput: 1/s}}\n"


@pytest.mark.parametrize(
    ("nat", "gateways", "addresses"),
    [("per-zone", 98.55, 21.9), ("single", 32.85, 14.6)],
)
def test_gateways_cost_by_the_hour_and_have_addresses(cost_of, nat, gateways, addresses) -> None:
    """0.045 an hour for each, and 0.005 for its address and those of the load balancer."""
    text = f"network: {{nat: {nat}}}\n"
    assert (gateways,) * 3 == cost_of("network", "NAT gateways", text)
    assert (addresses,) * 3 == cost_of("network", "public addresses", text)


def test_without_nat_there_is_no_line_of_it(bill_of) -> None:
    """Neither hours nor data."""
    bill = bill_of("network: {nat: none}\n")
    assert () == bill.find([("network", "NAT gateways"), ("network", "NAT data")])


def test_endpoints_cost_by_zone(cost_of, bill_of) -> None:
    """Two services in three zones at 0.01 an hour; none of them costs nothing."""
    text = "network: {endpoints: [sts, kms]}\n"
    assert (43.8,) * 3 == cost_of("network", "interface endpoints", text)
    bill = bill_of("network: {endpoints: []}\n")
    assert () == bill.find([("network", "interface endpoints"), ("network", "endpoint data")])


def test_answers_cost_beyond_the_free_part(cost_of) -> None:
    """At 1/s even the most, 13 GB, stays below 100 GB; at 1000/s it is 13,040 GB at 0.09."""
    assert (0.0, 0.0, 0.0) == cost_of("traffic", "to the internet", QUIET)
    busy = QUIET.replace("1/s", "1000/s")
    assert 1173.6 == cost_of("traffic", "to the internet", busy)[2]


def test_bytes_that_cross_zones_are_paid_twice(cost_of) -> None:
    """Expected at 1/s: 0.79 GB of answers, five times inside, two thirds across, both ways."""
    assert 0.05 == cost_of("traffic", "between zones", QUIET)[1]


def test_nodes_bring_bytes_through_nat(cost_of) -> None:
    """1, 2 or 4 nodes and up to 10 spare ones, with 2, 10 or 40 GB each at 0.045."""
    assert (0.09, 0.9, 25.2) == cost_of("network", "NAT data", GROUP)


def test_a_vpn_costs_by_zone_and_by_people(cost_of, bill_of) -> None:
    """Three associations at 0.10 an hour; up to 1600 connected hours at 0.05."""
    text = "network: {vpn: {enabled: true, cidr: 10.100.0.0/22}}\n"
    assert (219.0,) * 3 == cost_of("access", "VPN associations", text)
    assert (0.0, 4.0, 80.0) == cost_of("access", "VPN connections", text)
    off = bill_of("network: {vpn: {enabled: false, cidr: 10.100.0.0/22}}\n")
    assert "access" not in off.by_component
