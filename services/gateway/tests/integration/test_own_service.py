"""A service of somebody's own: the same gateway in front of it, and no key in its hands."""

import pytest

SHOP = {
    "services": {
        "shop": {
            "kind": "service",
            "run": {"command": ["serve"]},
            "routes": ["/shop", {"path": "/shop/open", "auth": "none"}],
            "limits": {"requests": 50, "per": "1m", "body": "1Ki"},
        }
    }
}


@pytest.fixture(scope="module")
def shop(build_stack):
    """A gateway that serves a shop beside the backend."""
    with build_stack(SHOP, authzs=1, upstreams=1, is_patient=True) as made:
        made.ports["shop"] = made.ports["backend"]
        made.render()
        yield made


def test_its_routes_are_protected(shop, until):
    """Without a token nobody reaches it; with one it learns who calls."""
    assert shop.get("/shop/basket").status == 401
    token = shop.issuer.token()
    until(lambda: shop.get("/shop/basket", token=token).status == 200)
    headers = shop.seen[-1].headers
    assert headers["x-groundplan-subject"] == shop.issuer.claims()["sub"]
    assert headers["x-groundplan-role"] == "viewer"


def test_it_never_gets_the_key(shop, until):
    """On no route does a stranger learn the gateway's key, on protected ones no token either."""
    until(lambda: shop.get("/shop/open").status == 200)
    assert shop.get("/shop/basket", token=shop.issuer.token()).status == 200
    for seen in shop.seen:
        if seen.target.startswith("/shop"):
            assert "x-groundplan-gateway" not in seen.headers
    assert "authorization" not in shop.seen[-1].headers
    shop.get("/api/v1/openapi.json")
    assert "x-groundplan-gateway" in shop.seen[-1].headers


def test_its_own_limits_hold(shop, until):
    """Body and request limits are those of its ten lines."""
    operator = shop.issuer.token(role="operator", sub="buyer")
    until(lambda: shop.get("/shop/open").status == 200)
    for size in (1025, 40_000, 65_536, 200_000):
        answer = shop.send("POST", "/shop", token=operator, body=b"x" * size)
        assert (answer.status, answer.json["code"]) == (413, "payload_too_large")
    assert shop.send("POST", "/shop", token=operator, body=b"x" * 1024).status == 200
    answers = [shop.get("/shop", token=operator) for _ in range(60)]
    assert answers[0].headers["ratelimit-limit"] == "50"
    assert sum(each.status == 200 for each in answers) == 49
