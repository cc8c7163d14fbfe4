"""`releases/<environment>.json` becomes a release; all its problems come together.

A release that is not there is an empty one: nothing was built or applied yet.
"""

from collections.abc import Iterator
from pathlib import Path as Place
from typing import Final

from groundplan.errors import PlatformFileError, Problem
from groundplan.loader import document
from groundplan.loader.code import Code
from groundplan.loader.suggest import suggest
from groundplan.loader.tree import Branch, Leaf, Path, node_at, plain
from groundplan.model import release
from groundplan.model.platform import Platform
from groundplan.model.release import KEYS, NONE, Release

HINT: Final = "it is written by ./run apply, promote, rollback and CI; restore it from git"
MAPPINGS: Final = ("images", "outputs")


def load(file: str | Place, environment: str, platform: Platform) -> Release:
    """Return what was released to an environment.

    Args:
        file: the platform file, beside which releases stand.
        environment: whose release is read.
        platform: whose services may have images.

    Raises:
        PlatformFileError: the release cannot be used; holds every problem found.
    """
    path = Place(file).parent / release.path(environment)
    if not path.exists():
        return NONE
    tree = document.load(path, str(path), HINT)
    problems = [*_problems(tree, platform)]
    if problems:
        raise PlatformFileError(problems)
    values = {key: plain(entry.node) for key, entry in tree.entries.items()}
    return Release(**values)  # type: ignore[arg-type] # every form was looked at


def _problems(tree: Branch, platform: Platform) -> Iterator[Problem]:
    yield from document.unknown(tree, (), tree.entries, KEYS)
    for key in KEYS:
        node = node_at(tree, (key,))
        if node is None:
            continue
        if key in MAPPINGS and not isinstance(node, Branch):
            yield _wrong(tree, (key,), "must be a mapping of names to texts")
        elif isinstance(node, Branch) and key in MAPPINGS:
            yield from _not_texts(tree, key, node)
        elif not _is_text(node):
            yield _wrong(tree, (key,), "must be a text")
    yield from _images(tree, platform)


def _not_texts(tree: Branch, key: str, found: Branch) -> Iterator[Problem]:
    for name, entry in found.entries.items():
        if not _is_text(entry.node):
            yield _wrong(tree, (key, name), "must be a text")


def _images(tree: Branch, platform: Platform) -> Iterator[Problem]:
    images = node_at(tree, ("images",))
    if not isinstance(images, Branch):
        return
    for name, entry in images.entries.items():
        path = ("images", name)
        if name not in platform.services:
            wrong = f"there is no service `{name}`; there are {', '.join(platform.services)}"
            hint = (
                suggest(name, platform.services) or "remove the image, or bring the service back"
            )
            yield document.problem(tree, path, wrong, hint, Code.RELEASE)
        if _is_text(entry.node) and not release.is_reference(str(plain(entry.node))):
            wrong = f"must be registry/name@sha256:DIGEST, is {plain(entry.node)}"
            hint = "a tag can be moved to another image; a digest cannot"
            yield document.problem(tree, path, wrong, hint, Code.RELEASE)


def _is_text(node: object) -> bool:
    return isinstance(node, Leaf) and isinstance(node.value, str)


def _wrong(tree: Branch, path: Path, message: str) -> Problem:
    return document.problem(tree, path, message, HINT, Code.RELEASE)
