"""Stands in where no object store is configured: everything is unavailable."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from groundplan_backend.errors import DependencyUnavailable
from groundplan_backend.objects.store import Writer


class Absent:
    """Refuses everything; reading what is known of files needs no store and goes on."""

    direct = False

    @asynccontextmanager
    async def writing(self, name: str, most: int) -> AsyncIterator[Writer]:
        """Refuse."""
        raise _refusal()
        yield

    async def read(self, name: str, size: int, start: int, end: int) -> AsyncIterator[bytes]:
        """Refuse."""
        raise _refusal()
        yield b""

    async def size(self, name: str) -> int | None:
        """Refuse."""
        raise _refusal()

    async def copy(self, name: str, into: str) -> None:
        """Refuse."""
        raise _refusal()

    async def remove(self, names: list[str]) -> None:
        """Refuse."""
        raise _refusal()

    async def link(self, name: str, seconds: int) -> str:
        """Refuse."""
        raise _refusal()


def _refusal() -> DependencyUnavailable:
    return DependencyUnavailable("no object store is configured", retry_after=60)
