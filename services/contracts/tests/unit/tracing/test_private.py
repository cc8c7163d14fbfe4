"""What no span keeps is known by its name."""

import pytest

from groundplan_contracts.tracing import private


@pytest.mark.parametrize(
    "name",
    [
        "http.request.header.authorization",
        "http.response.header.set-cookie",
        "url.query",
        "enduser.id",
        "user.email",
        "user_agent",
        "http.user_agent",
        "user_agent.original",
        "peer.address",
        "client.address",
        "http.client_ip",
    ],
)
def test_secrets_and_people_are_private(name: str) -> None:
    """Whatever a sender calls them."""
    assert private.is_private(name)


@pytest.mark.parametrize("name", ["password", "Authorization", "Set-Cookie", "API_KEY"])
def test_a_lines_secrets_are_known_however_they_are_written(name: str) -> None:
    """Whole names only: what counts tokens holds none."""
    assert private.is_secret(name)
    assert not private.is_secret(f"{name}_length")


@pytest.mark.parametrize(
    "name",
    ["http.route", "url.path", "server.address", "upstream_address", "user_agent.synthetic.type"],
)
def test_what_tells_of_the_work_is_not(name: str) -> None:
    """Routes and addresses of our own services stay."""
    assert not private.is_private(name)
