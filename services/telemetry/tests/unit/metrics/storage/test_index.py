"""Which series there are."""

import pytest

from groundplan_telemetry.metrics import labels
from groundplan_telemetry.metrics.labels import Matcher
from groundplan_telemetry.metrics.storage.index import Index


@pytest.fixture
def index() -> Index:
    """Return an index of four series."""
    made = Index()
    for name, job in (("up", "a"), ("up", "b"), ("down", "a"), ("up", "")):
        made.add(labels.of({"__name__": name, "job": job}))
    return made


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [("=", "a", [1, 3]), ("=", "", [4]), ("!=", "a", [2, 4]), ("=~", "a|b", [1, 2, 3]),
     ("=~", ".*", [1, 2, 3, 4]), ("!~", "b|", [1, 3]), ("!=", "", [1, 2, 3]), ("=", "c", [])],
)  # fmt: skip
def test_conditions(index: Index, operator: str, value: str, expected: list[int]) -> None:
    """A condition chooses those that fit; who lacks the label has the empty value."""
    assert expected == index.select([Matcher("job", operator, value)])


def test_all_conditions_must_hold(index: Index) -> None:
    """Several conditions choose what fits them all; none choose everything."""
    both = [Matcher("job", "!=", "b"), Matcher("__name__", "=", "up")]
    assert [1, 4] == index.select(both)
    assert [1, 2, 3, 4] == index.select([])


def test_numbers_stay(index: Index) -> None:
    """A label set keeps its number; a new one never gets that of one forgotten."""
    known = labels.of({"__name__": "up", "job": "a"})
    assert 1 == index.number(known)
    assert known == index.labels(1)
    assert [2, 4] == index.keep({1, 3})
    assert [1, 3] == index.select([])
    assert [] == index.select([Matcher("job", "=", "b")])
    assert 5 == index.add(labels.of({"x": "y"}))
    assert 2 not in index
    assert 3 == len(index)


def test_a_number_from_the_disk_is_taken_over() -> None:
    """A label set may bring its number; later ones come after it."""
    index = Index()
    assert (9, 10) == (index.add((("a", "b"),), 9), index.add((("a", "c"),)))
