import pytest

from groundplan.targets.gateway import lease, parties, routes

LEASED = """
services:
  backend: {limits: {requests: 10000, per: 1m, body: 1Mi}}
identity: {lease: 200ms}
"""


@pytest.fixture
def leased(platform_with):
    """A platform whose limit is high enough for leases."""
    return platform_with(LEASED)


def named(platform):
    found = parties.find(platform)
    entries = routes.route_configuration(platform, found)["virtual_hosts"][0]["routes"]
    return {entry["name"]: entry for entry in entries if "name" in entry}


def test_all_gateways_together_hold_two_percent(leased):
    """What one gateway may hold is its part of 2 % of the limit, for the time of the file."""
    found, backend = parties.find(leased), leased.services["backend"]
    terms = lease.terms(leased, found, backend.routes[0], backend)
    assert {"reads": 100, "milliseconds": 200} == terms
    assert leased.services["gateway"].replicas.max * terms["reads"] <= 0.02 * 10000


def test_only_reads_of_protected_routes_may_be_leased(leased):
    """The named routes are for reads, and every one of them requires a token."""
    found = named(leased)
    assert "lease backend:/api/v1" in found
    for entry in found.values():
        methods = [each["string_match"] for each in entry["match"]["headers"]]
        assert [{"safe_regex": {"regex": "GET|HEAD|OPTIONS"}}] == methods
        assert "envoy.filters.http.jwt_authn" in entry["typed_per_filter_config"]


def test_small_limits_are_counted_one_by_one(platform):
    """Where 2 % are not worth a lease, no route can be leased and no rule has terms."""
    assert {} == named(platform)


def test_no_lease_header_leaves_the_gateway(leased):
    """What gateway and authorisation service say of leases is not for the services."""
    for entry in named(leased).values():
        assert {"x-groundplan-lease", "x-groundplan-lease-ask"} <= set(
            entry["request_headers_to_remove"]
        )


def test_without_a_lease_the_service_is_asked():
    """The match holds for every request but those that the filter has marked."""
    match = lease.nobody_holds_one()
    assert match["invert"]
    assert [{"key": "held"}] == match["path"]
    assert '"held"' in lease.FILTER
    assert f'"{lease.METADATA}"' in lease.FILTER
