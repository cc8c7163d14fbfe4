import pytest

from groundplan_backend.errors import Forbidden, Unauthenticated
from groundplan_backend.http.caller import Caller, Guard
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
    assert Caller("ada", Role.OPERATOR, "one") == _GUARD.admit(_HEADERS, least)


def test_a_role_that_is_too_low_is_forbidden() -> None:
    """An operator is no administrator."""
    with pytest.raises(Forbidden):
        _GUARD.admit(_HEADERS, Role.ADMINISTRATOR)


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
        _GUARD.admit({**_HEADERS, **change}, Role.VIEWER)
