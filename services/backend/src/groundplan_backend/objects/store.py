"""What the rest of the backend sees of an object store, and which one there is.

Objects have names of ours, never of a caller. They are written once, whole or not at all.
"""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import PurePosixPath
from typing import Final, Protocol

from groundplan_backend.errors import DependencyUnavailable

PIECE: Final = 1 << 17
"""Bytes that are written or read at once."""


class Writer(Protocol):
    """Takes the bytes of one object."""

    async def write(self, buffer: bytes, /) -> object:
        """Take some more; it must not be relied on before the writer has been left well."""


class Objects(Protocol):
    """A store. A failure of its own is a DependencyUnavailable, on every method."""

    direct: bool
    """Whether clients may hand objects to the store themselves, by links."""

    def writing(self, name: str, most: int) -> AbstractAsyncContextManager[Writer]:
        """Write an object of at most `most` bytes; leaving by an exception leaves nothing."""

    def read(self, name: str, size: int, start: int, end: int) -> AsyncIterator[bytes]:
        """Yield bytes `start` to `end` (not itself) of an object that has `size` bytes."""

    async def size(self, name: str) -> int | None:
        """Return how many bytes were put there, None where there is no such object."""

    async def copy(self, name: str, into: str) -> None:
        """Copy an object that came by a link."""

    async def remove(self, names: list[str]) -> None:
        """Remove objects; those that are not there too."""

    async def link(self, name: str, seconds: int) -> str:
        """Return an address to which an object may be PUT once."""


def checked(name: str) -> str:
    """Return the name of an object of ours.

    Raises:
        ValueError: it could mean another place than one below the store's own root.
    """
    path = PurePosixPath(name)
    if path.is_absolute() or str(path) != name or not all(map(_is_plain, path.parts)):
        raise ValueError(f"{name!r} names no object of ours")
    return name


def _is_plain(part: str) -> bool:
    return part.isascii() and part.replace("-", "").isalnum()


def unavailable(error: Exception) -> DependencyUnavailable:
    """Return what a caller is told when the store fails."""
    return DependencyUnavailable(f"the object store does not answer ({type(error).__name__})")
