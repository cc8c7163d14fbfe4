import msgspec
import pytest

from groundplan_backend.identity.schemas import NewUser, SignIn


def _user(**change: object) -> dict[str, object]:
    return {"email": "ada@example.org", "password": "twelve chars", "role": "viewer", **change}


def test_addresses_are_compared_in_lower_case() -> None:
    """Nobody has to remember how he wrote it."""
    assert "ada@example.org" == msgspec.convert(_user(email="Ada@Example.ORG"), NewUser).email


@pytest.mark.parametrize(
    "change",
    [
        {"email": "ada"},
        {"email": "ada@example.org\n"},
        {"email": "a\x00da@example.org"},
        {"email": "ada lovelace@example.org"},
        {"email": "@example.org"},
        {"password": "eleven char"},
        {"password": "x" * 257},
        {"role": "root"},
        {"role": "Viewer"},
        {"disabled": True},
    ],
)
def test_a_wrong_user_is_refused(change: dict[str, object]) -> None:
    """Address, password and role are checked, and no field can be slipped in."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(_user(**change), NewUser)


def test_a_password_may_hold_anything() -> None:
    """No rule of composition, and 64 characters and more are welcome."""
    for password in ("x" * 200, "Leerzeichen und ümläute", "🔑" * 12):
        assert password == msgspec.convert(_user(password=password), NewUser).password


def test_the_token_travels_in_the_cookie_unless_asked_otherwise() -> None:
    """`delivery` has a safe default."""
    read = msgspec.convert({"email": "a@b", "password": "x"}, SignIn)
    assert "cookie" == read.delivery
