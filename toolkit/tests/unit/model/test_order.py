"""The order in which components start, and circles."""

from graphlib import CycleError
from itertools import pairwise

import pytest

from groundplan.model.order import find_circle, start_order

CALLS = {"frontend": ["gateway"], "gateway": ["backend", "authz"], "backend": [], "authz": []}


def test_everyone_starts_after_those_it_calls() -> None:
    """Callees come first, and equals in order of their names whatever the file's order."""
    expected = ["authz", "backend", "gateway", "frontend"]
    assert expected == start_order(CALLS)
    assert expected == start_order({**CALLS, "gateway": ["authz", "backend"]})


def test_finds_a_circle() -> None:
    """A circle is named in the direction of its calls, ending where it began."""
    circle = find_circle({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]})
    assert circle[0] == circle[-1]
    assert {("a", "b"), ("b", "c"), ("c", "a")} == set(pairwise(circle))


def test_finds_none_where_there_is_none() -> None:
    """Calls that only go down make no circle."""
    assert [] == find_circle(CALLS)


def test_a_circle_has_no_order() -> None:
    """Asking for the order of a circle fails."""
    with pytest.raises(CycleError):
        start_order({"a": ["b"], "b": ["a"]})
