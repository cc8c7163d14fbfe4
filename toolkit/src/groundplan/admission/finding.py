"""A finding, and the names by which objects are known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

Object = Mapping[str, Any]
"""One object as it stands in YAML."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that does not hold."""

    object: str
    """`Kind namespace/name`, or `Kind name` where the kind has no namespace."""
    path: str
    """Where in the object, with dots; empty for the object as a whole."""
    must: str
    """What must hold, and what is there."""

    def __str__(self) -> str:
        return f"{self.object}: {f'{self.path}: ' if self.path else ''}{self.must}"


class Identity(NamedTuple):
    """What tells one object from all others of a cluster; versions of a kind are the same."""

    group: str
    kind: str
    namespace: str
    name: str


def identity(found: Object) -> Identity:
    """Return what tells an object from all others."""
    group, _, version = found["apiVersion"].rpartition("/")
    assert version, found["apiVersion"]
    meta = found["metadata"]
    return Identity(group, found["kind"], meta.get("namespace", ""), meta["name"])


def title(found: Object) -> str:
    """Return an object's name for people."""
    where = identity(found)
    return f"{where.kind} {where.namespace}/{where.name}".replace(" /", " ")


def namespace(found: Object) -> str:
    """Return an object's namespace; empty where it has none."""
    return str(found["metadata"].get("namespace", ""))
