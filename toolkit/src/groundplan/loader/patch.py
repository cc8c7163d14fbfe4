"""`patches/` becomes a list of patches: those for every environment, then those for one.

A strategic merge is the part of an object that changes; a JSON patch has `target` and
`operations`. Whether a patch finds its object is asked later, when objects are rendered.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path as Place
from typing import Any, Final

from groundplan.errors import PlatformFileError, Problem
from groundplan.loader import document
from groundplan.loader.code import Code
from groundplan.loader.suggest import suggest
from groundplan.loader.tree import Branch, Items, Leaf, Node, Path, node_at, plain
from groundplan.model.patch import FOLDER, JsonPatch, Operation, Patch, StrategicMerge, Target

ENDINGS: Final = (".yaml", ".yml", ".json")
HINT: Final = "a patch names kind and metadata.name, or has target and operations"
TARGET_KEYS: Final = ("kind", "name", "apiVersion", "namespace")
NEEDS: Final = {
    "add": ("path", "value"),
    "remove": ("path",),
    "replace": ("path", "value"),
    "move": ("path", "from"),
    "copy": ("path", "from"),
    "test": ("path", "value"),
}
"""The keys that each operation of RFC 6902 has."""


def load(file: str | Place, environment: str, environments: Iterable[str]) -> tuple[Patch, ...]:
    """Return the patches of an environment, in the order in which they are applied.

    Args:
        file: the platform file, beside which `patches/` stands.
        environment: whose patches follow those for all.
        environments: all that the file has; a folder for another is a mistake.

    Raises:
        PlatformFileError: a patch cannot be read; holds every problem found.
    """
    folder = Place(file).parent / FOLDER
    problems = [*_strays(folder, tuple(environments))]
    found: list[Patch] = []
    for path in (*_files(folder), *_files(folder / environment)):
        try:
            found.append(_patch(document.load(path, str(path), HINT)))
        except PlatformFileError as error:
            problems += error.problems
    if problems:
        raise PlatformFileError(problems)
    return tuple(found)


def _files(folder: Place) -> list[Place]:
    if not folder.is_dir():
        return []
    return sorted(each for each in folder.iterdir() if each.is_file() and each.suffix in ENDINGS)


def _strays(folder: Place, environments: tuple[str, ...]) -> Iterator[Problem]:
    """Yield a problem for every folder that no environment would ever read."""
    for each in sorted(folder.iterdir()) if folder.is_dir() else ():
        if each.is_dir() and each.name not in environments:
            wrong = f"there is no environment `{each.name}`; there are {', '.join(environments)}"
            hint = suggest(each.name, environments) or "a folder here is for one environment"
            yield Problem(str(each), 0, 0, "", wrong, hint, Code.PATCH)


def _patch(tree: Branch) -> Patch:
    if "operations" in tree.entries or "target" in tree.entries:
        return _json_patch(tree)
    target = Target(
        kind=_text(tree, ("kind",)),
        name=_text(tree, ("metadata", "name")),
        api_version=_text(tree, ("apiVersion",), default=""),
        namespace=_text(tree, ("metadata", "namespace"), default=""),
    )
    return StrategicMerge(tree.place.file, target, _values(tree))


def _json_patch(tree: Branch) -> JsonPatch:
    problems = document.unknown(tree, (), tree.entries, ("target", "operations"))
    target = node_at(tree, ("target",))
    if isinstance(target, Branch):
        problems += document.unknown(tree, ("target",), target.entries, TARGET_KEYS)
    steps = node_at(tree, ("operations",))
    if not isinstance(steps, Items) or not steps.items:
        wrong = "must be a list of operations"
        problems.append(document.problem(tree, ("operations",), wrong, HINT, Code.PATCH))
    else:
        problems += [each for n in range(len(steps.items)) for each in _wrong_step(tree, n)]
    if problems:
        raise PlatformFileError(problems)
    assert isinstance(steps, Items)
    found = Target(
        kind=_text(tree, ("target", "kind")),
        name=_text(tree, ("target", "name")),
        api_version=_text(tree, ("target", "apiVersion"), default=""),
        namespace=_text(tree, ("target", "namespace"), default=""),
    )
    return JsonPatch(tree.place.file, found, tuple(_operation(each) for each in steps.items))


def _wrong_step(tree: Branch, index: int) -> Iterator[Problem]:
    path: Path = ("operations", index)
    node = node_at(tree, path)
    entries = node.entries if isinstance(node, Branch) else {}
    word = _word(entries["op"].node) if "op" in entries else ""
    if word not in NEEDS:
        wrong = f"op must be one of {', '.join(NEEDS)}, is {word or 'missing'}"
        yield document.problem(tree, (*path, "op"), wrong, suggest(word, NEEDS), Code.PATCH)
        return
    yield from document.unknown(tree, path, entries, ("op", *NEEDS[word]))
    for key in NEEDS[word]:
        if key not in entries:
            wrong = f"`{word}` must have `{key}`, has none"
            yield document.problem(tree, path, wrong, "", Code.PATCH)
        elif key != "value" and not _is_pointer(_word(entries[key].node)):
            wrong = f"must be a JSON pointer such as /spec/replicas, is {_word(entries[key].node)}"
            hint = "it begins with /; a / inside a key is ~1, a ~ is ~0"
            yield document.problem(tree, (*path, key), wrong, hint, Code.PATCH)


def _is_pointer(text: str) -> bool:
    return text == "" or text.startswith("/")


def _word(node: Node) -> str:
    return str(node.value) if isinstance(node, Leaf) and node.value is not None else ""


def _operation(node: Node) -> Operation:
    assert isinstance(node, Branch)
    values = _values(node)
    return Operation(
        word=values["op"],
        path=values["path"],
        value=values.get("value"),
        source=values.get("from", ""),
        line=node.place.line,
    )


def _text(tree: Branch, path: Path, default: str | None = None) -> str:
    node = node_at(tree, path)
    if node is None and default is not None:
        return default
    if isinstance(node, Leaf) and isinstance(node.value, str) and node.value:
        return node.value
    wrong = "must be a text" if node else f"`{path[-1]}` is missing"
    raise PlatformFileError([document.problem(tree, path, wrong, HINT, Code.PATCH)])


def _values(tree: Node) -> Any:
    """Return plain values; the few fractions of Kubernetes as Kubernetes has them."""
    return _numbers(plain(tree))


def _numbers(value: Any) -> Any:
    match value:
        case Decimal():
            return float(value)
        case dict():
            return {key: _numbers(below) for key, below in value.items()}
        case list():
            return [_numbers(item) for item in value]
    return value
