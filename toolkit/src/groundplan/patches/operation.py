"""The steps of a JSON patch (RFC 6902) on one object; a step that finds nothing is refused."""

import copy
from collections.abc import Mapping, Sequence
from typing import Any, Final

from groundplan.model.patch import Operation
from groundplan.patches.error import PatchError, near

END: Final = "-"
"""The place behind a list's last item."""


def apply(values: Mapping[str, Any], steps: Sequence[Operation]) -> Mapping[str, Any] | None:
    """Return an object after all steps; None where they remove it. The given one stays as it is.

    Raises:
        PatchError: a step names a place that is not there, or a test does not hold.
    """
    root = {"": copy.deepcopy(dict(values))}
    for step in steps:
        try:
            _do(root, step)
        except PatchError as error:
            raise error.at(step.line) from None
    return root.get("")


def _do(root: dict[str, Any], step: Operation) -> None:
    match step.word:
        case "add":
            _add(root, step.path, step.value)
        case "remove":
            _take(root, step.path)
        case "replace":
            _get(root, step.path)
            _put(root, step.path, step.value)
        case "move":
            if step.path.startswith(f"{step.source}/"):
                raise PatchError(f"moves {step.source} into itself")
            _add(root, step.path, _take(root, step.source))
        case "copy":
            _add(root, step.path, copy.deepcopy(_get(root, step.source)))
        case _:
            _test(root, step)


def _test(root: dict[str, Any], step: Operation) -> None:
    found = _get(root, step.path)
    if not _equal(found, step.value):
        raise PatchError(f"{step.path} must be {step.value!r}, is {found!r}")


def _equal(one: Any, other: Any) -> bool:
    """Compare as JSON does: true is not 1."""
    return type(one) is type(other) and bool(one == other)


def _add(root: dict[str, Any], pointer: str, value: Any) -> None:
    holder, key = _holder(root, pointer)
    if isinstance(holder, list):
        holder.insert(len(holder) if key == END else _index(holder, key, pointer, 1), value)
    else:
        holder[key] = value


def _put(root: dict[str, Any], pointer: str, value: Any) -> None:
    holder, key = _holder(root, pointer)
    if isinstance(holder, list):
        holder[_index(holder, key, pointer)] = value
    else:
        holder[key] = value


def _take(root: dict[str, Any], pointer: str) -> Any:
    found = _get(root, pointer)
    holder, key = _holder(root, pointer)
    if isinstance(holder, list):
        del holder[_index(holder, key, pointer)]
    else:
        del holder[key]
    return found


def _get(root: dict[str, Any], pointer: str) -> Any:
    holder, key = _holder(root, pointer)
    return _step(holder, key, pointer)


def _holder(root: dict[str, Any], pointer: str) -> tuple[Any, str]:
    """Return what holds the last step of a pointer, and that step."""
    *way, last = ["", *_steps(pointer)]
    found: Any = root
    for number, key in enumerate(way):
        found = _step(found, key, "/".join(way[: number + 1]))
    if not isinstance(found, dict | list):
        raise PatchError(f"{pointer} leads into {found!r}, which holds nothing")
    return found, last


def _steps(pointer: str) -> list[str]:
    return [each.replace("~1", "/").replace("~0", "~") for each in pointer.split("/")[1:]]


def _step(holder: Any, key: str, pointer: str) -> Any:
    if isinstance(holder, list):
        return holder[_index(holder, key, pointer)]
    if isinstance(holder, dict) and key in holder:
        return holder[key]
    names = holder if isinstance(holder, dict) else ()
    raise PatchError(f"there is no {pointer}", near(key, names))


def _index(holder: list[Any], key: str, pointer: str, beyond: int = 0) -> int:
    is_number = key == "0" or (key.isascii() and key.isdigit() and key[0] != "0")
    if is_number and int(key) < len(holder) + beyond:
        return int(key)
    raise PatchError(f"there is no {pointer}", f"the list has {len(holder)} items, counted from 0")
