"""A rendered file: a path below the target's folder, its text, and whether it is a secret."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class File:
    """One file that a target writes; the writer puts it on the disk."""

    path: str
    """Relative, with forward slashes."""
    content: str
    mode: int = 0o644


Files = tuple[File, ...]
