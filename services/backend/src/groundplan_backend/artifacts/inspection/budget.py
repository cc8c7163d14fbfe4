"""How much a file may unpack to, counted while it does; what its headers claim counts nothing."""

from dataclasses import dataclass
from typing import Final

from groundplan_backend.artifacts.inspection.source import Pull, Refused

_FREE: Final = 16 << 20
"""Unpacked bytes at which the ratio begins to count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on archives."""

    ratio: int = 100
    entries: int = 10_000
    unpacked: int = 64 << 30
    depth: int = 2
    """Archives in each other: one may hold others, those none."""


class Budget:
    """What one file has used up, all archives in it together."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._packed = 0
        self._unpacked = 0
        self._entries = 0

    def packed(self, pull: Pull) -> Pull:
        """Return the pull of the file itself, counted."""

        def counted() -> bytes:
            piece = pull()
            self._packed += len(piece)
            return piece

        return counted

    def unpack(self, count: int) -> None:
        """Count unpacked bytes.

        Raises:
            Refused: it is too much.
        """
        self._unpacked += count
        if self._unpacked > self.limits.unpacked:
            raise Refused(f"unpacks to more than {self.limits.unpacked} bytes")
        if self._unpacked > max(_FREE, self._packed * self.limits.ratio):
            raise Refused(f"unpacks to more than {self.limits.ratio} times its size")

    def entry(self) -> None:
        """Count an entry of an archive.

        Raises:
            Refused: there are too many.
        """
        self._entries += 1
        if self._entries > self.limits.entries:
            raise Refused(f"holds more than {self.limits.entries} files")
