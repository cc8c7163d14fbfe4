import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan_backend.errors import InvalidRequest
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.settings import Secret

_CURSORS = Cursors(Secret("key"))


@given(st.text(max_size=80))
def test_a_cursor_reads_back(last: str) -> None:
    """What was written is read, whatever the key was."""
    assert last == _CURSORS.read("users", _CURSORS.write("users", last))


@given(st.text(max_size=80))
def test_no_text_of_a_client_is_a_cursor(text: str) -> None:
    """A cursor cannot be made up."""
    with pytest.raises(InvalidRequest):
        _CURSORS.read("users", text)


def test_a_cursor_belongs_to_its_list_and_key() -> None:
    """Another list, another key or another byte make it worthless."""
    cursor = _CURSORS.write("users", "ada")
    changed = cursor[:-1] + ("A" if cursor[-1] != "A" else "B")
    for cursors, listing, text in (
        (_CURSORS, "services", cursor),
        (Cursors(Secret("other")), "users", cursor),
        (_CURSORS, "users", changed),
    ):
        with pytest.raises(InvalidRequest):
            cursors.read(listing, text)
