"""The platform file as a tree in which every key and value knows its place.

The parser makes it, `extends` and environments merge it, validation reads its plain values.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

Scalar = str | int | Decimal | bool | None
Plain = Scalar | list["Plain"] | dict[str, "Plain"]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A point in a file; line and column count from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value, and the letters that it was written with."""

    place: Place
    value: Scalar
    written: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    place: Place
    items: Sequence["Node"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value; `place` is the key's."""

    place: Place
    node: "Node"


@dataclass(frozen=True, slots=True)
class Branch:
    """A mapping, in the file's order."""

    place: Place
    entries: Mapping[str, Entry]

    def without(self, *keys: str) -> "Branch":
        """Return the mapping without some keys."""
        return Branch(self.place, {k: v for k, v in self.entries.items() if k not in keys})


Node = Leaf | Items | Branch


def plain(node: Node) -> Plain:
    """Return the values alone."""
    match node:
        case Leaf():
            return node.value
        case Items():
            return [plain(item) for item in node.items]
        case Branch():
            return {key: plain(entry.node) for key, entry in node.entries.items()}


def merge(lower: Branch, upper: Branch) -> Branch:
    """Lay one mapping over another: mappings merge, all else is replaced, null removes."""
    entries = dict(lower.entries)
    for key, above in upper.entries.items():
        below = entries.get(key)
        if below and isinstance(above.node, Leaf) and above.node.value is None:
            del entries[key]
        elif below and isinstance(below.node, Branch) and isinstance(above.node, Branch):
            entries[key] = Entry(above.place, merge(below.node, above.node))
        else:
            entries[key] = above
    return Branch(upper.place, entries)


def place_of(root: Branch, path: Path) -> tuple[Place, int]:
    """Return the place of the deepest part of a path that is written, and how deep it is."""
    place = root.place
    node: Node = root
    for depth, step in enumerate(path):
        found = _step(node, step)
        if found is None:
            return place, depth
        place, node = found
    return place, len(path)


def node_at(root: Branch, path: Path) -> Node | None:
    """Return what is written at a path."""
    node: Node = root
    for step in path:
        found = _step(node, step)
        if found is None:
            return None
        node = found[1]
    return node


def _step(node: Node, step: str | int) -> tuple[Place, Node] | None:
    if isinstance(node, Branch) and isinstance(step, str) and step in node.entries:
        entry = node.entries[step]
        return entry.place, entry.node
    if isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
        return node.items[step].place, node.items[step]
    return None


def dotted(path: Path) -> str:
    """Write a path as people do: services.backend.routes[0].path."""
    words = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in path]
    return "".join(words).removeprefix(".")
