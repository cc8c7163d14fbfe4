"""Strategic merge: a part of an object is laid over it, lists item by item where they have a key.

`null` removes a key. `$patch: delete` removes an item, a mapping or the object, `$patch: replace`
puts the patch in its place, `$deleteFromPrimitiveList/NAME` takes values out of a list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from groundplan.patches import merge_key
from groundplan.patches.error import PatchError, near

DIRECTIVE: Final = "$patch"
WORDS: Final = ("delete", "replace", "merge")
FROM_LIST: Final = "$deleteFromPrimitiveList/"
IDENTITY: Final = ("apiVersion", "kind")


@dataclass(frozen=True, slots=True)
class _Where:
    """Where in an object the merge stands."""

    kind: str
    has_keys: bool
    """Whether its lists have merge keys."""
    path: str = ""

    def below(self, step: str) -> "_Where":
        return _Where(self.kind, self.has_keys, f"{self.path}.{step}".removeprefix("."))


def merge(values: Mapping[str, Any], patch: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return an object with a patch laid over it; None where the patch removes it.

    Raises:
        PatchError: it removes what is not there, or says what a strategic merge does not know.
    """
    where = _Where(values["kind"], merge_key.is_kubernetes(values["apiVersion"]))
    if _directive(patch, where) == "delete":
        return None
    return _mapping(values, patch, where)


def _mapping(below: Mapping[str, Any], above: Mapping[str, Any], where: _Where) -> dict[str, Any]:
    if _directive(above, where) == "replace":
        return _clean(above, where)
    found = dict(below)
    for key, value in above.items():
        if key.startswith(FROM_LIST):
            name = key.removeprefix(FROM_LIST)
            found[name] = _without_values(found.get(name), value, where.below(name))
        elif key != DIRECTIVE:
            _refuse_unknown(key, where)
            _set(found, key, value, where.below(key))
    return found


def _set(found: dict[str, Any], key: str, value: Any, where: _Where) -> None:
    before = found.get(key)
    if value is None or (isinstance(value, dict) and _directive(value, where) == "delete"):
        if key not in found:
            raise PatchError(f"removes {where.path}, which is not there", near(key, found))
        del found[key]
    elif isinstance(value, dict):
        found[key] = _mapping(before if isinstance(before, dict) else {}, value, where)
    elif isinstance(value, list):
        found[key] = _list(before if isinstance(before, list) else [], value, key, where)
    else:
        found[key] = value


def _list(below: list[Any], above: list[Any], field: str, where: _Where) -> list[Any]:
    key = merge_key.of(field, where.kind) if where.has_keys else None
    if where.has_keys and field in merge_key.SETS:
        return [*below, *(each for each in above if each not in below)]
    items = [each for each in above if each != {DIRECTIVE: "replace"}]
    if len(items) < len(above):
        return _replaced(items, where)
    if key is None or not all(isinstance(each, dict) and key in each for each in below):
        return _replaced(items, where)
    return _by_key(below, items, key, where)


def _by_key(below: list[Any], above: list[Any], key: str, where: _Where) -> list[Any]:
    """Merge items of one key; new ones follow those that were there."""
    found = {each[key]: each for each in below}
    if len(found) < len(below):
        return _replaced(above, where)
    for item in above:
        if not isinstance(item, dict) or key not in item:
            raise PatchError(
                f"an item of {where.path} must have `{key}`, by which items are merged"
            )
        name = item[key]
        place = where.below(f"[{name}]")
        if _directive(item, place) != "delete":
            found[name] = _mapping(found.get(name, {}), item, place)
        elif name in found:
            del found[name]
        else:
            wrong = f"removes `{name}` of {where.path}, which is not there"
            raise PatchError(wrong, near(str(name), map(str, found)))
    return list(found.values())


def _replaced(items: list[Any], where: _Where) -> list[Any]:
    return [_clean(each, where) if isinstance(each, dict) else each for each in items]


def _clean(values: Mapping[str, Any], where: _Where) -> dict[str, Any]:
    """Return new values without directives and without keys that are null."""
    rest = {key: value for key, value in values.items() if key != DIRECTIVE and value is not None}
    return _mapping({}, rest, where)


def _without_values(found: Any, gone: Any, where: _Where) -> list[Any]:
    before = found if isinstance(found, list) else []
    values = gone if isinstance(gone, list) else [gone]
    for each in values:
        if each not in before:
            wrong = f"removes `{each}` of {where.path}, which is not there"
            raise PatchError(wrong, near(str(each), map(str, before)))
    return [each for each in before if each not in values]


def _directive(values: Mapping[str, Any], where: _Where) -> str:
    word = values.get(DIRECTIVE, "merge")
    if word not in WORDS:
        at = f" of {where.path}" if where.path else ""
        raise PatchError(f"$patch{at} must be one of {', '.join(WORDS)}, is {word}")
    return str(word)


def _refuse_unknown(key: str, where: _Where) -> None:
    if key.startswith("$"):
        at = f" of {where.path}" if where.path else ""
        known = f"{DIRECTIVE} and {FROM_LIST}NAME"
        raise PatchError(f"the directive {key}{at} is not known", f"there are {known}")
