"""Why a patch cannot be applied."""

import pytest

from groundplan.patches.error import MOST, PatchError, near


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("backen", ["backend", "gateway"], "did you mean `backend`?"),
        ("zzz", ["backend", "authz"], "there are authz, backend"),
        ("zzz", [], "there is nothing"),
    ],
)
def test_names_that_are_there_are_offered(word: str, known: list[str], hint: str) -> None:
    """Those that are alike, else all."""
    assert hint == near(word, known)


def test_many_names_are_counted() -> None:
    """A long list ends with how many are left out."""
    assert near("x", [f"name{n:02}" for n in range(MOST + 3)]).endswith("and 3 more")


def test_a_line_is_added_later() -> None:
    """What failed does not know its line; who called it does."""
    assert 7 == PatchError("wrong").at(7).line
