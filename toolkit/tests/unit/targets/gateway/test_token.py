from groundplan.targets.gateway import token


def provider(platform, placed, found):
    return token.verify(platform, placed, found)["typed_config"]["providers"]["platform"]


def test_issuer_audience_and_life_are_the_platforms(platform, here, found):
    """Tokens of another issuer, for another audience, or that live for years are no good."""
    made = provider(platform, here, found)
    assert ("https://groundplan.example", [platform.name], "31536010s") == (
        made["issuer"],
        made["audiences"],
        made["max_lifetime"],
    )
    assert made["require_expiration"]


def test_tokens_are_read_from_one_place(platform, here, found):
    """Only the Authorization header counts, not a query or a cookie."""
    made = provider(platform, here, found)
    assert [{"name": "authorization", "value_prefix": "Bearer "}] == made["from_headers"]
    assert "from_params" not in made
    assert "from_cookies" not in made


def test_keys_are_fetched_ahead(platform, here, found):
    """Keys come from the backend every minute, without a request waiting for them."""
    keys = provider(platform, here, found)["remote_jwks"]
    assert "http://backend/api/v1/identity/jwks" == keys["http_uri"]["uri"]
    assert ("60s", {"fast_listener": True}) == (keys["cache_duration"], keys["async_fetch"])


def test_a_route_names_the_requirement(platform, here, found):
    """What a route names is what the filter knows."""
    known = token.verify(platform, here, found)["typed_config"]["requirement_map"]
    assert token.on_route()["requirement_name"] in known


def test_keys_are_fetched_as_the_backend_speaks(platform, encrypted_cluster, found):
    """By https where it is encrypted."""
    keys = provider(platform, encrypted_cluster, found)["remote_jwks"]["http_uri"]
    assert "https://backend/api/v1/identity/jwks" == keys["uri"]
