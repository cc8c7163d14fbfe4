"""What the YAML parser's complaints mean, in words that name the way out."""

from typing import Final

import yaml

from groundplan.errors import Problem
from groundplan.loader.code import Code

_AT_THE_FAULT: Final = (
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
    ("did not find expected node content", "a value was expected here", "write one, or quote it"),
    (
        "unknown escape character",
        "an unknown escape in a text in double quotes",
        "double the backslash, or use single quotes",
    ),
    ("maximum nesting level", "is nested too deeply", "close the brackets further up"),
)
_OPEN_TEXT: Final = "the text that begins here is not closed"
_AT_THE_BEGINNING: Final = (
    ("',' or ']'", "the list that begins here is not closed", "add `]` at its end"),
    ("',' or '}'", "the mapping that begins here is not closed", "add `}` at its end"),
    ("unexpected end of stream", "the text that begins here is not closed", "add its end quote"),
    (
        "unexpected document indicator",
        "the text that begins here is not closed",
        "add its end quote",
    ),
    ("could not find expected ':'", "a key without its `:`", "write `key: value`"),
)


def explain(error: yaml.YAMLError, text: str, shown: str) -> Problem:
    """Turn the parser's error into a problem with our words and the place to look at."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return _unreadable_letter(error, text, shown)
    mark, wrong, hint = _words(error, error.problem_mark, text)
    return Problem(shown, mark.line + 1, mark.column + 1, "", wrong, hint, Code.NOT_YAML)


def _words(error: yaml.MarkedYAMLError, fault: yaml.Mark, text: str) -> tuple[yaml.Mark, str, str]:
    said = error.problem or ""
    if "cannot start any token" in said:
        return fault, *_cannot_start(fault, text)
    for phrase, wrong, hint in _AT_THE_BEGINNING:
        if phrase in said and error.context_mark:
            return error.context_mark, wrong, hint
    for phrase, wrong, hint in _AT_THE_FAULT:
        if phrase in said.lower():
            return fault, wrong, hint
    return fault, f"is not YAML here: {said}", "compare with the reference platform.yaml"


def _cannot_start(fault: yaml.Mark, text: str) -> tuple[str, str]:
    lines = text.splitlines()
    line = lines[fault.line] if fault.line < len(lines) else ""
    letter = line[fault.column : fault.column + 1]
    if letter == "\t":
        return "a tab stands here", "indent with spaces"
    return f"no value can begin with `{letter}`", "put the text in quotes"


def _unreadable_letter(error: yaml.YAMLError, text: str, shown: str) -> Problem:
    position = getattr(error, "position", 0)
    before = text[:position]
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    letter = f"U+{ord(text[position]):04X}" if position < len(text) else "a letter"
    wrong = f"the control character {letter} cannot stand in a file"
    return Problem(shown, line, column, "", wrong, "remove it", Code.NOT_YAML)
