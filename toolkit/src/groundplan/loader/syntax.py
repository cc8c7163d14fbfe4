"""What the YAML parser's complaints mean, in words that name the way out."""

from typing import Final

import yaml

from groundplan.errors import Problem
from groundplan.loader.code import Code

_WORDS: Final = (
    (
        "mapping values are not allowed",
        "a `:` stands where no key can be",
        "check the indentation of this line and the one above; quote a text that holds `: `",
    ),
    ("found a tab character", "a tab stands here", "indent with spaces"),
    (
        "did not find expected key",
        "a key was expected here",
        "line it up with the keys around it, and close quotes and brackets above",
    ),
    (
        "did not find expected '-' indicator",
        "a list item (`- `) was expected here",
        "line it up with the items above, or move it out of the list",
    ),
    ("did not find expected ',' or ']'", "the list opened at {opened} is not closed", "add `]`"),
    (
        "did not find expected ',' or '}'",
        "the mapping opened at {opened} is not closed",
        "add `}}`",
    ),
    ("did not find expected node content", "a value was expected here", "write one, or quote it"),
    (
        "could not find expected ':'",
        "a key without its `:`",
        "write `key: value`, with a space after the colon",
    ),
    (
        "found unexpected end of stream",
        "the text opened at {opened} is not closed",
        "add the closing quote",
    ),
    (
        "found unexpected document indicator",
        "the text opened at {opened} is not closed",
        "add the closing quote",
    ),
    (
        "unknown escape character",
        "an unknown escape in a text in double quotes",
        "double the backslash, or use single quotes",
    ),
    (
        "maximum nesting level reached",
        "is nested too deeply",
        "close the brackets further up",
    ),
)
_START_NOTHING: Final = "no value can begin with `{letter}`"


def explain(error: yaml.YAMLError, text: str, shown: str) -> Problem:
    """Turn the parser's error into a problem with our words and the place to look at."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return _unreadable_letter(error, text, shown)
    mark = error.problem_mark
    wrong, hint = _words(error, text)
    return Problem(shown, mark.line + 1, mark.column + 1, "", wrong, hint, Code.NOT_YAML)


def _words(error: yaml.MarkedYAMLError, text: str) -> tuple[str, str]:
    opened = error.context_mark
    at = f"{opened.line + 1}:{opened.column + 1}" if opened else "the place above"
    said = error.problem or ""
    if "cannot start any token" in said:
        return _cannot_start(error, text)
    for phrase, wrong, hint in _WORDS:
        if phrase in said.lower():
            return wrong.format(opened=at), hint.format(opened=at)
    return f"is not YAML here: {said}", "compare with the reference platform.yaml"


def _cannot_start(error: yaml.MarkedYAMLError, text: str) -> tuple[str, str]:
    mark = error.problem_mark
    lines = text.splitlines()
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    letter = line[mark.column : mark.column + 1] if mark else ""
    if letter == "\t":
        return "a tab stands here", "indent with spaces"
    return _START_NOTHING.format(letter=letter), "put the text in quotes"


def _unreadable_letter(error: yaml.YAMLError, text: str, shown: str) -> Problem:
    position = getattr(error, "position", 0)
    before = text[:position]
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    letter = f"U+{ord(text[position]):04X}" if position < len(text) else "a letter"
    wrong = f"the control character {letter} cannot stand in a file"
    return Problem(shown, line, column, "", wrong, "remove it", Code.NOT_YAML)
