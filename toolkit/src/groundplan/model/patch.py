"""A person's change to a rendered object, as it is read from `patches/`: which object, and what.

`patches/*.yaml` hold for every environment, `patches/<environment>/*.yaml` for one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

FOLDER: Final = "patches"


@dataclass(frozen=True, slots=True)
class Target:
    """The object that a patch is for."""

    kind: str
    name: str
    api_version: str = ""
    """Asked for only where it is given."""
    namespace: str = ""
    """Asked for only where it is given."""

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class StrategicMerge:
    """A part of an object that is laid over it, as `kubectl patch --type strategic` does."""

    file: str
    target: Target
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """One step of a JSON patch."""

    word: str
    """add, remove, replace, move, copy or test."""
    path: str
    """A JSON pointer: `/spec/template/spec/containers/0/image`."""
    value: Any = None
    source: str = ""
    """The pointer of `from`, for move and copy."""
    line: int = 0
    """Where it stands in its file, from 1."""


@dataclass(frozen=True, slots=True)
class JsonPatch:
    """Steps that are done one after the other on one object, by RFC 6902."""

    file: str
    target: Target
    operations: tuple[Operation, ...]


Patch = StrategicMerge | JsonPatch
