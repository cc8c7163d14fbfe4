"""JSON patches."""

from typing import Any

import pytest

from groundplan.model.patch import Operation
from groundplan.patches import operation
from groundplan.patches.error import PatchError

VALUES = {"a": {"b/c": 1, "~d": 2}, "list": [1, 2, 3], "spec": {"replicas": True}}


def applied(*steps: Operation) -> Any:
    """Apply steps."""
    return operation.apply(VALUES, steps)


@pytest.mark.parametrize(
    ("step", "path", "found"),
    [
        (Operation("add", "/list/0", 0), "list", [0, 1, 2, 3]),
        (Operation("add", "/list/-", 4), "list", [1, 2, 3, 4]),
        (Operation("add", "/list/3", 4), "list", [1, 2, 3, 4]),
        (Operation("add", "/new", {"x": 1}), "new", {"x": 1}),
        (Operation("remove", "/list/1"), "list", [1, 3]),
        (Operation("replace", "/list/1", 9), "list", [1, 9, 3]),
        (Operation("replace", "/a/b~1c", 9), "a", {"b/c": 9, "~d": 2}),
        (Operation("remove", "/a/~0d"), "a", {"b/c": 1}),
        (Operation("move", "/moved", source="/a/b~1c"), "moved", 1),
        (Operation("copy", "/list/0", source="/list/2"), "list", [3, 1, 2, 3]),
        (Operation("test", "/list", [1, 2, 3]), "list", [1, 2, 3]),
    ],
)
def test_each_operation(step: Operation, path: str, found: Any) -> None:
    """As RFC 6902 says it."""
    assert found == applied(step)[path]


def test_the_whole_object_can_be_replaced_and_removed() -> None:
    """The empty pointer is the object."""
    assert {"x": 1} == applied(Operation("replace", "", {"x": 1}))
    assert applied(Operation("remove", "")) is None


@pytest.mark.parametrize(
    ("step", "message", "hint"),
    [
        (Operation("remove", "/lst"), "there is no /lst", "did you mean `list`?"),
        (
            Operation("replace", "/list/3", 1),
            "there is no /list/3",
            "the list has 3 items, counted from 0",
        ),
        (
            Operation("add", "/list/01", 1),
            "there is no /list/01",
            "the list has 3 items, counted from 0",
        ),
        (Operation("add", "/x/y", 1), "there is no /x", "there are a, list, spec"),
        (Operation("test", "/spec/replicas", 1), "/spec/replicas must be 1, is True", ""),
        (Operation("move", "/a/b", source="/a"), "moves /a into itself", ""),
        (
            Operation("add", "/a/~0d/x", 1),
            "/a/~0d/x leads into 2, which holds nothing",
            "",
        ),
    ],
)
def test_what_is_not_there_is_refused(step: Operation, message: str, hint: str) -> None:
    """A step that finds nothing changes nothing."""
    with pytest.raises(PatchError) as caught:
        applied(step)
    assert (message, hint) == (caught.value.message, caught.value.hint)


def test_the_given_object_stays() -> None:
    """Steps work on a copy."""
    before = repr(VALUES)
    applied(Operation("remove", "/list/0"), Operation("remove", "/a/~0d"))
    assert before == repr(VALUES)
