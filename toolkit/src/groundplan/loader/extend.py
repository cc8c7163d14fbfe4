"""The third step: a file that `extends` another is laid over it.

`extends: reference` names the platform.yaml that comes with Groundplan; all else is a path from
the folder of the file that says it.
"""

import os
from pathlib import Path
from typing import Final

from groundplan.errors import PlatformFileError, Problem
from groundplan.loader import anchor, parse, read
from groundplan.loader.code import Code
from groundplan.loader.tree import Branch, Entry, Leaf, merge

KEY: Final = "extends"
WORD: Final = "reference"
REFERENCE: Final = Path(__file__).resolve().parents[4] / "platform.yaml"


def extend(tree: Branch, path: Path) -> Branch:
    """Return the tree laid over all that it builds on.

    Raises:
        PlatformFileError: a file it builds on cannot be read, or builds on itself.
    """
    return _extended(tree, path, (path.resolve(),))


def _extended(tree: Branch, path: Path, seen: tuple[Path, ...]) -> Branch:
    entry = tree.entries.get(KEY)
    if entry is None:
        return tree
    target = _target(entry, path)
    if target.resolve() in seen:
        names = " -> ".join(shown(file) for file in (*seen, target.resolve()))
        raise _refused(entry, f"builds on itself: {names}", "drop one", Code.EXTENDS_CIRCLE)
    base = parse.parse(_text(entry, target), shown(target))
    base = _extended(base, target, (*seen, target.resolve()))
    moved = anchor.move(base, os.path.relpath(target.parent.resolve(), path.parent.resolve()))
    return merge(moved, tree.without(KEY))


def _target(entry: Entry, path: Path) -> Path:
    word = entry.node.value if isinstance(entry.node, Leaf) else None
    if not isinstance(word, str) or not word:
        wrong = f"must be `{WORD}` or the path of a file"
        raise _refused(entry, wrong, f"write `{KEY}: {WORD}`", Code.EXTENDS)
    return REFERENCE if word == WORD else path.parent / word


def _text(entry: Entry, target: Path) -> str:
    try:
        return read.read(target, shown(target))
    except PlatformFileError as error:
        problem = error.problems[0]
        hint = "the path counts from the folder of this file"
        wrong = f"{problem.file}: {problem.message}"
        raise _refused(entry, wrong, hint, Code.EXTENDS) from None


def _refused(entry: Entry, wrong: str, hint: str, code: Code) -> PlatformFileError:
    place = entry.place
    return PlatformFileError(
        [Problem(place.file, place.line, place.column, KEY, wrong, hint, code)]
    )


def shown(path: Path) -> str:
    """Return a path as people best read it: from where they stand, if it lies below."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (OSError, ValueError):
        return str(path)
