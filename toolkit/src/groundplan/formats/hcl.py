"""HCL as `terraform fmt` leaves it: blocks, attributes, lists, objects, expressions.

Takes blocks made of plain values; hands on text that `terraform fmt -check` accepts, the same
for the same blocks. What is written as text is text: `${` and `%{` in it are never read as
templates; an expression is said to be one.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

_WIDTH: Final = 80
_KEY: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_ESCAPES: Final = {
    **{code: f"\\u{code:04x}" for code in range(32)},
    **str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}),
}
_TEMPLATE: Final = re.compile(r"([$%])\{")


@dataclass(frozen=True, slots=True)
class Expression:
    """What Terraform works out, such as `module.network.vpc_id`; written as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A block: its type, its labels, its attributes and the blocks inside it."""

    kind: str
    labels: tuple[str, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)
    blocks: tuple["Block", ...] = ()
    comment: str = ""
    """A line above it."""


def dump(blocks: Sequence[Block]) -> str:
    """Write blocks, an empty line between two.

    Raises:
        TypeError: a value is neither text, number, truth, list, mapping nor expression.
    """
    return "\n".join("\n".join(_block(block, "")) + "\n" for block in blocks)


def _block(block: Block, indent: str) -> Iterator[str]:
    if block.comment:
        yield f"{indent}# {block.comment}"
    head = " ".join((block.kind, *(_text(label) for label in block.labels)))
    body = [*_attributes(block.attributes, indent + "  ")]
    for inner in block.blocks:
        body += [*([""] if body else []), *_block(inner, indent + "  ")]
    if not body:
        yield f"{indent}{head} {{}}"
        return
    yield f"{indent}{head} {{"
    yield from body
    yield f"{indent}}}"


def _attributes(values: Mapping[str, Any], indent: str) -> Iterator[str]:
    """Yield `key = value` lines; the signs of neighbours that fit on a line stand in line."""
    written = [(_key(key), _value(value, indent)) for key, value in values.items()]
    run: list[tuple[str, str]] = []
    for key, value in written:
        if "\n" not in value:
            run.append((key, value))
            continue
        yield from _aligned(run, indent)
        run = []
        yield f"{indent}{key} = {value}"
    yield from _aligned(run, indent)


def _aligned(run: Sequence[tuple[str, str]], indent: str) -> Iterator[str]:
    width = max((len(key) for key, _ in run), default=0)
    return (f"{indent}{key.ljust(width)} = {value}" for key, value in run)


def _key(key: str) -> str:
    return key if _KEY.fullmatch(key) else _text(key)


def _value(value: Any, indent: str) -> str:
    """Write a value; its further lines are indented below `indent`."""
    match value:
        case Expression():
            return value.text
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return json.dumps(value, allow_nan=False)
        case str():
            return _text(value)
        case Mapping():
            return _object(value, indent)
        case list() | tuple():
            return _list(value, indent)
    raise TypeError(f"HCL has no {type(value).__name__}")


def _text(value: str) -> str:
    escaped = _TEMPLATE.sub(r"\1\1{", value.translate(_ESCAPES))
    return f'"{escaped}"'


def _object(value: Mapping[str, Any], indent: str) -> str:
    if not value:
        return "{}"
    return "\n".join(("{", *_attributes(value, indent + "  "), f"{indent}}}"))


def _list(value: Sequence[Any], indent: str) -> str:
    items = [_value(item, indent + "  ") for item in value]
    line = f"[{', '.join(items)}]"
    if "\n" not in line and len(line) + len(indent) <= _WIDTH:
        return line
    return "\n".join(("[", *(f"{indent}  {item}," for item in items), f"{indent}]"))
