"""Names of objects: only such as we make ourselves."""

import pytest

from groundplan_backend.objects import store


@pytest.mark.parametrize("name", ["ab/0f-1-c3", "a", "ab/cd/ef"])
def test_our_own_names_pass(name: str) -> None:
    """Letters, digits and hyphens, in folders."""
    assert name == store.checked(name)


@pytest.mark.parametrize(
    "name",
    ["", "/a", "a/", "../a", "a/../b", "a/./b", "a//b", "a\\b", "a b", "a\x00", "ä", "a.b", "%2e"],
)
def test_anything_else_is_no_name_of_ours(name: str) -> None:
    """Whatever a caller may bring about, no path leaves the store."""
    with pytest.raises(ValueError, match="names no object of ours"):
        store.checked(name)
