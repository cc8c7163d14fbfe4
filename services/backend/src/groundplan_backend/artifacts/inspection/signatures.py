"""Known bad contents. One: EICAR's, by which every scanner can be tried without a virus.

It stands here backwards, or scanners would take this very file away.
"""

from typing import Final

from groundplan_backend.artifacts.inspection.source import Refused

_BAD: Final = (b"*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$}7)CC7)^P(45XZP\\4[PA@%P!O5X"[::-1],)
_OVERLAP: Final = max(map(len, _BAD)) - 1


class Scan:
    """Looks for known contents in one stream."""

    def __init__(self) -> None:
        self._tail = b""

    def feed(self, piece: bytes) -> None:
        """Look at some more.

        Raises:
            Refused: there it is.
        """
        seam = self._tail + piece[:_OVERLAP]
        if any(bad in piece or bad in seam for bad in _BAD):
            raise Refused("holds what scanners know as a virus")
        self._tail = (self._tail + piece[-_OVERLAP:])[-_OVERLAP:]
