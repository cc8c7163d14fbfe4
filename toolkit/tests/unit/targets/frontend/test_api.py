"""The way to the API."""

from groundplan.model.route import Route
from groundplan.targets.frontend import api


def with_routes(platform, *routes):
    """Return the platform with other routes of the backend."""
    backend = platform.services["backend"].model_copy(update={"routes": routes})
    return platform.model_copy(update={"services": {**platform.services, "backend": backend}})


def test_every_routed_path_leaves_for_the_gateway(platform):
    """The first parts of all routes are the API's, and the root stays the site's."""
    changed = with_routes(
        platform, Route(path="/hooks/in"), Route(path="/api/v1"), Route(path="/")
    )
    assert api.prefixes(changed) == ("/api", "/hooks")


def test_nginx_waits_longer_than_the_slowest_route(platform, placement):
    """The gateway answers in time itself; nginx gives up only after it."""
    changed = with_routes(platform, Route(path="/api/slow", timeout=25.0))
    assert api.longest_timeout(changed) == 25.0
    assert "proxy_read_timeout 27s;" in "\n".join(api.settings(changed, placement))


def test_the_body_limit_is_the_largest_of_the_routed_services(platform):
    """The gateway holds each service's own limit; nginx refuses what none of them takes."""
    assert api.largest_body(platform) == 1 << 20


def test_streams_are_held_nowhere_and_have_their_own_bounds(platform):
    """Neither bodies nor answers wait in nginx; sizes and waits are the route's."""
    streamed = Route(path="/api/files", stream=True, body=float(8 << 20), timeout=20.0)
    lines = api.locations(with_routes(platform, Route(path="/api/v1"), streamed), "http")
    (at,) = [n for n, text in enumerate(lines) if text == "location ^~ /api/files/ {"]
    inside = {text.strip() for text in lines[at : lines.index("}", at)]}
    assert {
        "client_max_body_size 8388608;",
        "proxy_request_buffering off;",
        "proxy_buffering off;",
        "proxy_read_timeout 22s;",
        "gzip off;",
    } <= inside
    whole = "\n".join(api.locations(with_routes(platform, Route(path="/api/v1")), "http"))
    assert "proxy_request_buffering" not in whole
