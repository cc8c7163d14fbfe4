"""YAML in block style, keys in the order given, that every reader understands alike.

Text that YAML 1.1 or 1.2 could take for something else (y, on, 1.30, 1:30, 2024-01-01) is quoted.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

_PLAIN: Final = re.compile(r"[A-Za-z_/]([\w./()@+=,% -]|:(?=[\w/]))*", re.ASCII)
_MEANING: Final = frozenset(
    ("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf")
)
_UNPRINTABLE: Final = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_LITERAL: Final = re.compile(
    r"[^\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]+"
)


def dump(value: Any) -> str:
    """Write a value made of mappings, lists, text, numbers, true, false and nothing as YAML.

    Raises:
        TypeError: the value holds something else.
        ValueError: a number is infinite or not a number.
    """
    return "\n".join(_lines(value, "")) + "\n"


def _lines(value: Any, indent: str) -> Iterator[str]:
    """Yield the lines of a value; the first is indented too."""
    if isinstance(value, Mapping) and value:
        for key, below in value.items():
            yield from _entry(f"{indent}{_key(key)}:", below, indent)
    elif _is_list(value) and value:
        for item in value:
            yield from _item(item, indent)
    else:
        yield f"{indent}{_scalar(value)}"


def _entry(head: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, str) and _is_literal(value):
        yield from _literal(head, value, indent)
    elif isinstance(value, Mapping) and value:
        yield head
        yield from _lines(value, indent + "  ")
    elif _is_list(value) and value:
        yield head
        yield from _lines(value, indent)
    else:
        yield f"{head} {_scalar(value)}"


def _item(value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, str) and _is_literal(value):
        yield from _literal(f"{indent}-", value, indent)
        return
    first, *rest = _lines(value, indent + "  ")
    yield f"{indent}- {first[len(indent) + 2 :]}"
    yield from rest


def _literal(head: str, text: str, indent: str) -> Iterator[str]:
    body = text.removesuffix("\n")
    yield f"{head} |" if body != text else f"{head} |-"
    for line in body.split("\n"):
        yield f"{indent}  {line}" if line else ""


def _is_literal(text: str) -> bool:
    """Say whether a text of several lines can stand as it is below its key."""
    return (
        "\n" in text.removesuffix("\n")
        and _LITERAL.fullmatch(text) is not None
        and text[0] not in " \n"
        and not text.endswith("\n\n")
    )


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a key must be text, is {key!r}")
    return _text(key)


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def _scalar(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case int():
            return str(int(value))
        case float():
            return _number(value)
        case Mapping():
            return "{}"
        case _ if _is_list(value):
            return "[]"
    raise TypeError(f"YAML cannot hold {value!r}")


def _number(value: float) -> str:
    if not math.isfinite(value):
        raise ValueError(f"YAML readers disagree on {value}")
    return re.sub(r"^(-?\d+)e", r"\1.0e", repr(value))


def _text(text: str) -> str:
    if _PLAIN.fullmatch(text) and not text.endswith(" ") and text.lower() not in _MEANING:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
