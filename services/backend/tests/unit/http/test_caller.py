import pytest

from groundplan_backend.errors import Forbidden, Unauthenticated
from groundplan_backend.http.caller import Caller, Guard, require
from groundplan_backend.settings import Secret
from groundplan_contracts.identity import Role

_GUARD = Guard(Secret("the key"))
_HEADERS = {
    b"x-groundplan-gateway": b"the key",
    b"x-groundplan-subject": b"ada",
    b"x-groundplan-role": b"operator",
    b"x-groundplan-session": b"one",
}


@pytest.mark.parametrize("least", [Role.VIEWER, Role.OPERATOR])
def test_a_role_that_is_enough_is_admitted(least: Role) -> None:
    """Who has the role, or a higher one, is the caller."""
    caller = _GUARD.identify(_HEADERS)
    require(caller, least)
    assert Caller("ada", Role.OPERATOR, "one") == caller


def test_a_role_that_is_too_low_is_forbidden() -> None:
    """An operator is no administrator."""
    with pytest.raises(Forbidden):
        require(_GUARD.identify(_HEADERS), Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    "change",
    [
        {b"x-groundplan-gateway": b""},
        {b"x-groundplan-gateway": b"the ke"},
        {b"x-groundplan-gateway": b"the key\xff"},
        {b"x-groundplan-subject": b""},
        {b"x-groundplan-session": b""},
        {b"x-groundplan-role": b"root"},
        {b"x-groundplan-role": b"OPERATOR"},
    ],
)
def test_half_an_identity_is_none(change: dict[bytes, bytes]) -> None:
    """Every part must be there and right, the gateway's key above all."""
    with pytest.raises(Unauthenticated):
        _GUARD.identify({**_HEADERS, **change})


def test_an_api_token_brings_its_scope() -> None:
    """What it is good for is read word by word; an empty scope is good for nothing."""
    token = {**_HEADERS, b"x-groundplan-session": b"token_1"}
    several = _GUARD.identify({**token, b"x-groundplan-scope": b"catalog:read audit:read"})
    assert frozenset({"catalog:read", "audit:read"}) == several.scopes
    assert frozenset() == _GUARD.identify({**token, b"x-groundplan-scope": b""}).scopes
    assert _GUARD.identify(_HEADERS).scopes is None


@pytest.mark.parametrize(
    "change",
    [
        {b"x-groundplan-session": b"token_1"},
        {b"x-groundplan-scope": b"catalog:read"},
    ],
)
def test_a_scope_that_was_lost_or_added_on_the_way_is_nobody(change: dict[bytes, bytes]) -> None:
    """A token whose scope did not arrive is no person, and a person has none."""
    with pytest.raises(Unauthenticated):
        _GUARD.identify({**_HEADERS, **change})
