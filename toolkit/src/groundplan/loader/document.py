"""A file beside the platform file becomes a tree, by the same reading of YAML (and so of JSON)."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path as Place

from groundplan.errors import PlatformFileError, Problem
from groundplan.loader import parse, read
from groundplan.loader.code import Code
from groundplan.loader.suggest import suggest
from groundplan.loader.tree import Branch, Path, dotted, place_of


def load(path: Place, shown: str, hint: str) -> Branch:
    """Return the tree of a file.

    Args:
        path: where it is.
        shown: how problems name it.
        hint: what to do about a file that holds something else than keys with values.

    Raises:
        PlatformFileError: it cannot be read, or is not what YAML or JSON would be.
    """
    try:
        return parse.parse(read.read(path, shown), shown)
    except PlatformFileError as error:
        raise PlatformFileError([_with_hint(each, hint) for each in error.problems]) from None


def _with_hint(found: Problem, hint: str) -> Problem:
    """Say what to do with this file, where the usual hint is about platform files."""
    is_general = found.code in (Code.NOT_A_MAPPING, Code.UNREADABLE)
    return replace(found, hint=hint) if is_general else found


def problem(tree: Branch, path: Path, message: str, hint: str, code: Code) -> Problem:
    """Return a problem at a path, or where the deepest part of it stands."""
    place, _ = place_of(tree, path)
    return Problem(place.file, place.line, place.column, dotted(path), message, hint, code)


def unknown(
    tree: Branch, within: Path, found: Iterable[str], known: Iterable[str]
) -> list[Problem]:
    """Return a problem for every key that is not known."""
    names = tuple(known)
    return [
        problem(
            tree,
            (*within, key),
            f"unknown key; there are {', '.join(names)}",
            suggest(key, names),
            Code.UNKNOWN_KEY,
        )
        for key in found
        if key not in names
    ]
