"""Routes."""

import pytest
from pydantic import ValidationError

from groundplan.model.route import Auth, Limits, Route


def test_a_path_alone_is_a_route() -> None:
    """A route in one word asks for a signed-in caller."""
    route = Route.model_validate("/api/orders")
    assert ("/api/orders", Auth.REQUIRED, "operator") == (
        route.path,
        route.auth,
        route.roles.write,
    )


@pytest.mark.parametrize("path", ["api", "/Api", "/api/", "/api?x", "/a b", "/" + "a" * 300, ""])
def test_odd_paths_are_refused(path: str) -> None:
    """Only plain paths that mean one thing everywhere can be routes."""
    with pytest.raises(ValidationError):
        Route.model_validate(path)


def test_a_services_limit_holds_for_its_routes() -> None:
    """The limit of a service stands for routes without their own."""
    limit = Limits.model_validate({"requests": 5, "per": "1s"}).limit
    assert (5, 1.0) == (limit.requests, limit.per)
