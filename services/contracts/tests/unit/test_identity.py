import pytest

from groundplan_contracts.identity import Role


def test_roles_are_ordered_by_power() -> None:
    """An administrator may do what an operator may, and an operator what a viewer may."""
    assert Role.VIEWER < Role.OPERATOR < Role.ADMINISTRATOR


@pytest.mark.parametrize("role", list(Role))
def test_a_role_reads_back_from_its_word(role: Role) -> None:
    """Writing a role and reading it again gives the same role."""
    assert role == Role.parse(role.word)


def test_an_unknown_role_is_refused() -> None:
    """A word that names no role is never taken for one."""
    with pytest.raises(ValueError, match="root"):
        Role.parse("root")
