"""Paths inside the file, kept true when a file is built on by one in another folder."""

from pathlib import PurePosixPath

from groundplan.loader.tree import Branch, Entry, Leaf, Node

_WHERE = (
    ("services", "*", "run", "directory"),
    ("environments", "*", "services", "*", "run", "directory"),
)


def move(tree: Branch, folder: str) -> Branch:
    """Return the tree with every `run.directory` seen from another folder.

    Args:
        tree: a whole platform file.
        folder: where that file lies, seen from there.
    """
    if folder == ".":
        return tree
    for pattern in _WHERE:
        tree = _branch_moved(tree, pattern, folder)
    return tree


def _branch_moved(branch: Branch, pattern: tuple[str, ...], folder: str) -> Branch:
    first, *rest = pattern
    entries = dict(branch.entries)
    for key in entries if first == "*" else {first} & entries.keys():
        entry = entries[key]
        entries[key] = Entry(entry.place, _moved(entry.node, tuple(rest), folder))
    return Branch(branch.place, entries)


def _moved(node: Node, pattern: tuple[str, ...], folder: str) -> Node:
    if pattern:
        return _branch_moved(node, pattern, folder) if isinstance(node, Branch) else node
    if isinstance(node, Leaf) and isinstance(node.value, str):
        return Leaf(node.place, str(PurePosixPath(folder, node.value)), node.written)
    return node
