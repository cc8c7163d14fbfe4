"""Our words for everything that validation can say against a value."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from pydantic_core import ErrorDetails

from groundplan.loader import pattern, shape
from groundplan.loader.code import Code
from groundplan.loader.finding import Finding
from groundplan.loader.suggest import suggest
from groundplan.loader.tree import Branch, Leaf, Path, node_at

LONGEST: Final = 60
Words = tuple[str, Code, str]


def word(error: ErrorDetails, tree: Branch) -> Finding:
    """Turn one of pydantic's errors into a finding."""
    path = tuple(step for step in error["loc"] if step != "[key]")
    wrong, code, hint = _WORDS.get(error["type"], _other)(error, path)
    if code in _WITH_VALUE and not _holds_others(error):
        wrong = f"{wrong}, is {_value(error['input'], path, tree)}"
    if error["type"] == "string_type":
        hint = _quoting(path, tree)
    return Finding(path, wrong, code, hint)


_WITH_VALUE: Final = frozenset(
    {Code.WRONG_TYPE, Code.OUT_OF_RANGE, Code.UNKNOWN_WORD, Code.WRONG_FORM}
)


def _holds_others(error: ErrorDetails) -> bool:
    """Say whether the value is a mapping or list of the right type, too long to be shown."""
    return not error["type"].endswith("_type") and isinstance(error["input"], dict | list)


def _value(value: object, path: Path, tree: Branch) -> str:
    match value:
        case None:
            return "empty"
        case dict():
            return "a mapping"
        case list() | tuple():
            return "a list"
        case str():
            shown = json.dumps(value, ensure_ascii=False)
            return shown if len(shown) <= LONGEST else f'{shown[:LONGEST]}..."'
    node = node_at(tree, path)
    return node.written[:LONGEST] if isinstance(node, Leaf) else str(value)


def _quoting(path: Path, tree: Branch) -> str:
    node = node_at(tree, path)
    if isinstance(node, Leaf) and node.value is not None:
        return f'put it in quotes: "{node.written[:LONGEST]}"'
    return ""


def _missing(_: ErrorDetails, path: Path) -> Words:
    expected = shape.expectation(path)
    hint = f"add `{path[-1]}`: {expected}" if expected else f"add `{path[-1]}`"
    return "is missing", Code.MISSING, hint


def _unknown_key(_: ErrorDetails, path: Path) -> Words:
    key = str(path[-1])
    known = shape.known_keys(path[:-1])
    meant = suggest(key, known) or _home(key, path[:-1], known)
    wrong = f"unknown key `{key}`" + (f"; {meant}" if meant else "")
    return wrong, Code.UNKNOWN_KEY, f"known here: {', '.join(sorted(known))}"


def _home(key: str, above: Path, known: Sequence[str]) -> str:
    """Return where a key belongs that is right one level further down."""
    homes = (each for each in known if key in shape.known_keys((*above, each)))
    return next((f"it belongs under `{home}`" for home in homes), "")


def _mapping_type(_: ErrorDetails, path: Path) -> Words:
    known = shape.known_keys(path)
    hint = f"its keys are {', '.join(known)}" if known else ""
    return "must be a mapping", Code.WRONG_TYPE, hint


def _type(what: str) -> Callable[[ErrorDetails, Path], Words]:
    return lambda _, __: (f"must be {what}", Code.WRONG_TYPE, "")


def _list_type(error: ErrorDetails, _: Path) -> Words:
    alone = error["input"]
    hint = f"write [{alone}]" if isinstance(alone, str | int) else ""
    return "must be a list", Code.WRONG_TYPE, hint


def _word_of_several(error: ErrorDetails, _: Path) -> Words:
    known = re.findall(r"'([^']*)'", str(error["ctx"]["expected"]))
    several = f"one of {', '.join(known)}" if len(known) > 1 else f"`{known[0]}`"
    meant = suggest(str(error["input"]), known) if len(known) > 1 else ""
    return f"must be {several}", Code.UNKNOWN_WORD, meant


def _bound(words: str, name: str) -> Callable[[ErrorDetails, Path], Words]:
    def worded(error: ErrorDetails, path: Path) -> Words:
        write = shape.writer(path) or str
        return f"must be {words} {write(error['ctx'][name])}", Code.OUT_OF_RANGE, ""

    return worded


def _form(error: ErrorDetails, _: Path) -> Words:
    wrong, hint = pattern.words(error["ctx"]["pattern"])
    return wrong, Code.WRONG_FORM, hint


def _told_by_model(error: ErrorDetails, _: Path) -> Words:
    code = Code.NOT_TOGETHER if isinstance(error["input"], dict) else Code.WRONG_FORM
    return str(error["ctx"]["error"]), code, ""


def _length(words: str, name: str, of: str) -> Callable[[ErrorDetails, Path], Words]:
    def worded(error: ErrorDetails, _: Path) -> Words:
        bound, has = error["ctx"][name], len(error["input"])
        counted = of.removesuffix("s") if bound == 1 else of
        return f"must have {words} {bound} {counted}, has {has}", Code.WRONG_COUNT, ""

    return worded


def _other(error: ErrorDetails, _: Path) -> Words:
    return error["msg"][0].lower() + error["msg"][1:], Code.WRONG_FORM, ""


_WORDS: Final[Mapping[str, Callable[[ErrorDetails, Path], Words]]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "bool_type": _type("true or false"),
    "int_type": _type("a whole number"),
    "float_type": _type("a number"),
    "string_type": _type("text"),
    "dict_type": _mapping_type,
    "model_type": _mapping_type,
    "model_attributes_type": _mapping_type,
    "tuple_type": _list_type,
    "list_type": _list_type,
    "enum": _word_of_several,
    "literal_error": _word_of_several,
    "greater_than": _bound("more than", "gt"),
    "greater_than_equal": _bound("at least", "ge"),
    "less_than": _bound("less than", "lt"),
    "less_than_equal": _bound("at most", "le"),
    "string_pattern_mismatch": _form,
    "value_error": _told_by_model,
    "string_too_short": _length("at least", "min_length", "letters"),
    "string_too_long": _length("at most", "max_length", "letters"),
    "too_short": _length("at least", "min_length", "items"),
    "too_long": _length("at most", "max_length", "items"),
}


def known() -> frozenset[str]:
    """Return the types of pydantic's errors that have words of ours."""
    return frozenset(_WORDS)
