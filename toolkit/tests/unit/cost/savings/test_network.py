"""Savings of the network."""

import pytest

from groundplan.cost.savings.network import savings


def _named(case) -> dict[str, object]:
    return {each.name: each for each in savings(case)}


def test_one_gateway_saves_two_and_their_addresses(case_of) -> None:
    """By the key of the file."""
    found = _named(case_of("network: {nat: per-zone}\n"))["one NAT gateway for all zones"]
    assert (73.0, "network.nat: single") == (round(found.usd, 2), found.how)
    assert "one NAT gateway for all zones" not in _named(case_of("network: {nat: single}\n"))


def test_an_instance_costs_a_tenth_of_a_gateway(case_of) -> None:
    """Hours and bytes of the gateway, without those of a t4g.nano."""
    case = case_of("network: {nat: single}\n")
    found = _named(case)["1 NAT instance of t4g.nano instead of gateways"]
    data = case.cost("network", "NAT data")
    assert round(32.85 + data - 0.0042 * 730, 2) == round(found.usd, 2)


def test_endpoints_that_carry_little_cost_more_than_nat(case_of) -> None:
    """Of four endpoints two stay; half of their bytes go through NAT instead."""
    text = "network: {nat: single, endpoints: [ecr.api, ecr.dkr, sts, kms]}\n"
    case = case_of(text)
    found = _named(case)["interface endpoints only for images"]
    data = case.cost("network", "endpoint data")
    assert pytest.approx(2 * 3 * 7.3 - data / 0.01 * 0.045 / 2) == found.usd
    assert "network.endpoints: [ecr.api, ecr.dkr]" == found.how


def test_without_nat_nothing_is_taken_away(case_of) -> None:
    """Endpoints are the only way to AWS then."""
    assert {} == _named(case_of("network: {nat: none}\n"))
