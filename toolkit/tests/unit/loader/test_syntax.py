"""The parser's complaints in our words."""

import pytest
import yaml

from groundplan.loader import syntax


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: 1\n b: 1", (2, 3), "a `:` stands where no key can be"),
        ("a:\n\tb: 1", (2, 1), "a tab stands here"),
        ("a: [1,\nb: c", (1, 4), "the list that begins here is not closed"),
        ("a: {b: 1", (1, 4), "the mapping that begins here is not closed"),
        ("a: 'x", (1, 4), "the text that begins here is not closed"),
        ("- a\nb: c", (2, 1), "a list item (`- `) was expected here"),
        ("a: 1\nb", (2, 1), "a key without its `:`"),
        ("a: `x`", (1, 4), "no value can begin with ```"),
        ('a: "\\q"', (1, 5), "an unknown escape in a text in double quotes"),
        ("a: \x07", (1, 4), "the control character U+0007 cannot stand in a file"),
    ],
)
def test_says_what_and_where(text: str, place: tuple[int, int], words: str) -> None:
    """Each complaint has its place and plain words."""
    with pytest.raises(yaml.YAMLError) as caught:
        list(yaml.parse(text, Loader=yaml.CSafeLoader))
    problem = syntax.explain(caught.value, text, "p.yaml")
    assert (place, words) == ((problem.line, problem.column), problem.message)


def test_a_complaint_without_words_keeps_its_own() -> None:
    """What nobody has found words for yet is said as the parser says it."""
    mark = yaml.Mark("p", 0, 0, 0, None, None)
    error = yaml.MarkedYAMLError(problem="odd", problem_mark=mark)
    assert "is not YAML here: odd" == syntax.explain(error, "", "p.yaml").message
