"""What every pattern of the model asks for, in words."""

from collections.abc import Mapping
from typing import Final

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    r"^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$": (
        "must be a name of at most 40 lower-case letters, digits and hyphens",
        "begin with a letter; it becomes host names and Kubernetes objects",
    ),
}


def words(pattern: str) -> tuple[str, str]:
    """Return what a pattern asks for, and a hint."""
    return _WORDS.get(pattern, (f"must look like {pattern}", ""))


def known() -> frozenset[str]:
    """Return the patterns that have words."""
    return frozenset(_WORDS)
