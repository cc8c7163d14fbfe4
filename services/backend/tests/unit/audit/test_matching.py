from uuid import UUID

import pytest

from groundplan_backend.audit.matching import Matching, words_of

_ALL = (UUID(int=0), UUID(int=1))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ada@Groundplan.example", ("ada", "groundplan", "example")),
        ("  user.create\t10.0.0.1 ", ("user", "create", "10", "0", "0", "1")),
        ("Zürich ÄRGER", ("zürich", "Ärger")),
        ("'; DROP TABLE audit.event; --", ("drop", "table", "audit", "event")),
        ("a'b\\c:*|!&d", ("a", "b", "c", "d")),
        ("-- ' --", ()),
        ("x" * 250, ("x" * 100,)),
    ],
)
def test_a_text_becomes_words_as_the_record_keeps_them(text: str, words: tuple[str]) -> None:
    """Punctuation parts them, so that none can be read as an operator of a search."""
    assert words == words_of(text)


def test_short_words_must_be_whole_and_long_ones_may_go_on() -> None:
    """All of them must be there."""
    (found,) = Matching(*_ALL, words=("ab", "abc")).conditions()
    assert ("event.words @@ {}::text::tsquery", "'ab' & 'abc':*") == found


def test_values_are_never_part_of_a_condition() -> None:
    """What a client sends stands beside the statement."""
    evil = "' OR true --"
    matching = Matching(*_ALL, (evil, "b"), {"action": evil, "target": evil, "outcome": evil})
    assert not [condition for condition, _ in matching.conditions() if evil in condition]
    assert 4 == len(matching.conditions())


@pytest.mark.parametrize(
    ("matching", "alone"),
    [
        (Matching(*_ALL), None),
        (Matching(*_ALL, ("ada",)), ("actor", "ada")),
        (Matching(*_ALL, ("ada", "id")), None),
        (Matching(*_ALL, (), {"outcome": "refused"}), ("outcome", "refused")),
        (Matching(*_ALL, (), {"outcome": "done"}), None),
        (Matching(*_ALL, (), {"action": "a", "target": "b"}), None),
        (Matching(*_ALL, ("ada",), words=("x",)), None),
    ],
)
def test_one_value_that_an_index_begins_with_stands_alone(
    matching: Matching, alone: tuple[str, str] | None
) -> None:
    """Only then is its index the order of the answer."""
    assert alone == matching.alone()


def test_all_that_was_done_is_nearly_everything() -> None:
    """It is read as everything is, from the newest."""
    assert Matching(*_ALL, (), {"outcome": "done"}).is_of_all_that_was_done()
    assert not Matching(*_ALL, ("ada",), {"outcome": "done"}).is_of_all_that_was_done()
