import pytest

from groundplan_backend.identity.cookies import RefreshCookie


def test_over_https_the_cookie_belongs_to_the_host() -> None:
    """`__Host-` and Secure, so that no other host or plain connection can set it."""
    name, value = RefreshCookie("https://groundplan.example", 60).write("token")
    assert b"set-cookie" == name
    assert value.startswith(b"__Host-groundplan_refresh=token; Path=/; Secure; HttpOnly;")
    assert b"Domain" not in value


def test_on_one_machine_it_is_sent_to_identity_only() -> None:
    """Without https there is no Secure; the path keeps it from everything else."""
    _, value = RefreshCookie("http://127.0.0.1:8080", 60).write("token")
    assert b"Path=/api/v1/identity; HttpOnly; SameSite=Strict; Max-Age=60" in value
    assert b"Secure" not in value


@pytest.mark.parametrize(
    ("header", "token"),
    [
        (b"groundplan_refresh=abc", "abc"),
        (b"other=1; groundplan_refresh=abc; more=2", "abc"),
        (b"groundplan_refresh=", None),
        (b"other=1", None),
        (b"\xff\xfe=;;;=", None),
        (b"", None),
    ],
)
def test_the_token_is_found_among_others(header: bytes, token: str | None) -> None:
    """Whatever a client sends as cookies, nothing breaks."""
    assert token == RefreshCookie("http://x", 60).read({b"cookie": header})


def test_clearing_ends_it_at_once() -> None:
    """An empty value that is over already."""
    assert b"Max-Age=0" in RefreshCookie("http://x", 60).clear()[1]
