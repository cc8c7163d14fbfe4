import pytest

from groundplan.targets.gateway import routes


@pytest.fixture
def made(platform, found):
    """Return all routes in their order."""
    return routes.route_configuration(platform, found)["virtual_hosts"][0]["routes"]


def of(made, path):
    return [each for each in made if each["match"].get("path_separated_prefix") == path]


def test_the_longest_path_comes_first(made):
    """No route stands behind a shorter one that would take its requests."""
    paths = [each["match"].get("path_separated_prefix", "") for each in made]
    for at, path in enumerate(paths):
        assert not [longer for longer in paths[at + 1 :] if path and longer.startswith(path + "/")]


def test_safe_requests_have_routes_of_their_own(made):
    """Reads, then keyed creates, then all else: each with its retry policy."""
    large, reads, keyed, rest = of(made, "/api/v1")
    assert {"status": 413} == large["direct_response"]
    assert ["GET|HEAD|OPTIONS"] == [
        each["string_match"]["safe_regex"]["regex"] for each in reads["match"]["headers"]
    ]
    assert [":method", "idempotency-key"] == [each["name"] for each in keyed["match"]["headers"]]
    assert "headers" not in rest["match"]
    repeated = [each["route"]["retry_policy"]["retry_on"] for each in (reads, keyed, rest)]
    assert [True, True, False] == ["reset" in each for each in repeated]


def test_only_our_backend_is_trusted_with_keyed_repeats(made):
    """A stranger's service may not know what an Idempotency-Key is."""
    assert 3 == len(of(made, "/shop"))


def test_a_protected_route_requires_a_token(made):
    """Protected routes name the requirement and keep the token to the gateway."""
    for route in of(made, "/api/v1")[1:]:
        filters = route["typed_per_filter_config"]
        assert "access-token" == filters["envoy.filters.http.jwt_authn"]["requirement_name"]
        assert "authorization" in route["request_headers_to_remove"]


def test_an_open_route_requires_none(made):
    """Open routes verify no token and leave the header to the service."""
    for route in of(made, "/api/v1/openapi.json")[1:]:
        assert "envoy.filters.http.jwt_authn" not in route["typed_per_filter_config"]
        assert "authorization" not in route["request_headers_to_remove"]


def test_no_route_switches_authorisation_off(made):
    """Only what Envoy answers itself, liveness and bodies too large, goes without asking."""
    off = [each for each in made if "envoy.filters.http.ext_authz" in str(each)]
    assert {200, 413} == {each["direct_response"]["status"] for each in off}
    assert not [each for each in off if "route" in each]


def test_a_stranger_never_gets_the_key(made):
    """The gateway's key goes to our services and to nobody else's."""
    for route in made:
        if "route" not in route:
            continue
        removed = "x-groundplan-gateway" in route["request_headers_to_remove"]
        assert removed is (route["route"]["cluster"] == "shop")


def test_timeouts_and_bodies_come_from_the_model(made):
    """A route's time-out goes before its service's; the body limit is the service's."""
    assert {"10s"} == {each["route"]["timeout"] for each in of(made, "/shop")[1:]}
    (declared,) = of(made, "/shop/open")[0]["match"]["headers"]
    assert 65537 == declared["range_match"]["start"]
    for route in of(made, "/shop/open")[1:]:
        assert "3s" == route["route"]["timeout"]
        limit = route["typed_per_filter_config"]["envoy.filters.http.buffer"]["buffer"]
        assert {"max_request_bytes": 262144} == limit


def test_streams_have_a_priority_of_their_own(made):
    """Events have no time-out but a time without a byte, and use up no room of short requests."""
    _, reads, rest = of(made, "/api/v1/delivery/events")
    for route in (reads["route"], rest["route"]):
        assert ("HIGH", "0s", "11s") == (
            route["priority"],
            route["timeout"],
            route["idle_timeout"],
        )
    assert not [each for each in of(made, "/api/v1")[1:] if "priority" in each["route"]]


def test_a_stream_is_not_held_and_has_its_own_size(made):
    """Uploads pass as they come, and what says that it is larger than a part is refused."""
    large, *streams = of(made, "/api/v1/artifacts/uploads")
    (declared,) = large["match"]["headers"]
    assert (16 << 20) + 1 == declared["range_match"]["start"]
    for route in streams:
        assert route["typed_per_filter_config"]["envoy.filters.http.buffer"]["disabled"]


def test_a_root_route_takes_what_is_left(platform_with):
    """The route / stands last and takes every path."""
    from groundplan.targets.gateway import parties

    text = "services: {site: {kind: service, run: {command: [s]}, routes: [/]}}"
    platform = platform_with(text)
    found = parties.find(platform)
    assert found is not None
    made = routes.route_configuration(platform, found)["virtual_hosts"][0]["routes"]
    assert {"prefix": "/"} == made[-1]["match"]


def test_services_see_one_address(platform, found):
    """The forwarding header is written anew, with the address that was believed."""
    (added,) = routes.route_configuration(platform, found)["request_headers_to_add"]
    assert "x-forwarded-for" == added["header"]["key"]
    assert "OVERWRITE_IF_EXISTS_OR_ADD" == added["append_action"]
