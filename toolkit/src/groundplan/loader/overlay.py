"""The fourth step: an environment's changes are laid over the platform, before validation."""

import re
from typing import Final

from groundplan.errors import PlatformFileError, Problem
from groundplan.loader import pattern
from groundplan.loader.code import Code
from groundplan.loader.finding import Origin
from groundplan.loader.suggest import suggest
from groundplan.loader.tree import Branch, Entry, Leaf, merge
from groundplan.model.entity import NAME_PATTERN

KEY: Final = "environments"
LOCAL: Final = "local"
FIXED: Final = ("apiVersion", "name", "extends", KEY)


def names(tree: Branch) -> list[str]:
    """Return the environments of a file; `local` is always one."""
    node = tree.entries[KEY].node if KEY in tree.entries else None
    written = list(node.entries) if isinstance(node, Branch) else []
    return written if LOCAL in written else [LOCAL, *written]


def overlay(tree: Branch, environment: str) -> Origin:
    """Return the platform as it is in one environment, and what that environment changes.

    Raises:
        PlatformFileError: there is no such environment, or it changes what must stay.
    """
    platform = tree.without(KEY)
    changes = _changes(tree, environment)
    merged = merge(platform, changes) if changes else platform
    return Origin(merged, environment, changes, tree.place.file)


def _changes(tree: Branch, environment: str) -> Branch | None:
    known = names(tree)
    if environment not in known:
        wrong = f"there is no environment `{environment}`; there are {', '.join(known)}"
        hint = suggest(environment, known)
        raise PlatformFileError(
            [Problem(tree.place.file, 0, 0, "", wrong, hint, Code.ENVIRONMENT)]
        )
    all_changes = tree.entries.get(KEY)
    if all_changes is None:
        return None
    entry = _checked_names(all_changes).entries.get(environment)
    if entry is None or (isinstance(entry.node, Leaf) and entry.node.value is None):
        return None
    field = f"{KEY}.{environment}"
    if not isinstance(entry.node, Branch):
        raise _refused(entry, field, "must be a mapping of changes", "write {} for none")
    return _allowed(entry.node, field)


def _checked_names(entry: Entry) -> Branch:
    """Return the environments once their names can name folders."""
    if not isinstance(entry.node, Branch):
        raise _refused(entry, KEY, "must be a mapping of environments", "")
    for name, each in entry.node.entries.items():
        if not re.fullmatch(NAME_PATTERN, name):
            wrong, hint = pattern.words(NAME_PATTERN)
            raise _refused(each, f"{KEY}.{name}", wrong, hint)
    return entry.node


def _allowed(changes: Branch, field: str) -> Branch:
    for key in FIXED:
        if key in changes.entries:
            wrong = "is the same in every environment, and cannot be changed in one"
            raise _refused(changes.entries[key], f"{field}.{key}", wrong, "remove it here")
    return changes


def _refused(entry: Entry, field: str, wrong: str, hint: str) -> PlatformFileError:
    place = entry.place
    problem = Problem(place.file, place.line, place.column, field, wrong, hint, Code.ENVIRONMENT)
    return PlatformFileError([problem])
