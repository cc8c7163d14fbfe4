from groundplan.targets.gateway import policy


def rule(platform, found, path):
    rules = policy.render(platform, found)["rules"]
    return next(each for each in rules if each["path"] == path)


def test_a_protected_route(platform, found):
    """A route's roles and its service's limit become a rule."""
    assert {
        "id": "backend:/api/v1",
        "service": "backend",
        "path": "/api/v1",
        "match": "prefix",
        "auth": "required",
        "roles": {"read": "viewer", "write": "operator"},
        "limit": {"requests": 600, "per_seconds": 60},
        "when_cache_is_down": "reads",
    } == rule(platform, found, "/api/v1")


def test_an_open_route(platform, found):
    """A route's own limit goes before the service's, and an open one names no roles."""
    made = rule(platform, found, "/api/v1/identity/sign-in")
    assert "roles" not in made
    assert ({"requests": 30, "per_seconds": 60}, "refuse") == (
        made["limit"],
        made["when_cache_is_down"],
    )


def test_a_service_of_somebodys_own(platform, found):
    """Own services get rules like ours; parts of a second stay."""
    made = rule(platform, found, "/shop")
    assert ("shop:/shop", {"requests": 7, "per_seconds": 0.5}) == (made["id"], made["limit"])


def test_an_outage_is_bounded_by_the_promise(platform, found):
    """Without Redis one replica lets through what the platform promises for a minute."""
    limits = {"local_requests": 10000, "local_per_seconds": 60}
    assert limits == policy.render(platform, found)["limits"]
