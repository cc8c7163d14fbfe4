"""The edge's part of the bill."""

QUIET = "objectives: {api: {throughput: 1/s}}\n"


def test_the_load_balancer_costs_hours_and_what_it_carries(cost_of) -> None:
    """730 hours at 0.0225, and 13.14 units at the most: bytes outweigh connections there."""
    assert (16.43,) * 3 == cost_of("edge", "load balancer", QUIET)
    assert 0.11 == cost_of("edge", "load balancer units", QUIET)[2]


def test_the_firewall_costs_rules_and_requests(cost_of) -> None:
    """5 for the list, 1 a rule, and 0.60 for a million requests: 0.657 million at the most."""
    assert (5.0,) * 3 == cost_of("edge", "web ACL", QUIET)
    assert (3.0, 5.0, 8.0) == cost_of("edge", "web rules", QUIET)
    assert (0.02, 0.08, 0.39) == cost_of("edge", "web requests", QUIET)


def test_only_a_zone_of_ones_own_is_paid(bill_of, cost_of) -> None:
    """0.50, or nothing where another zone is named."""
    assert (0.5,) * 3 == cost_of("edge", "hosted zone", QUIET)
    assert (1.0,) * 3 == cost_of("edge", "signing key", QUIET)
    abroad = bill_of("region: eu-west-1\n")
    assert () == abroad.find([("edge", "signing key")])
    elsewhere = bill_of("edge: {createZone: false, zoneId: Z0123}\n")
    assert () == elsewhere.find([("edge", "hosted zone")])
