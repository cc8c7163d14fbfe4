"""One file that is followed: whole lines since the last look, also after it was cut or replaced.

Whoever turns a log over copies it to `NAME.1` and cuts it; what was not read before that is
taken from the copy. What was turned over twice since is lost.
"""

import os
from pathlib import Path
from typing import Final

from groundplan_telemetry.tail.places import Place

PIECE: Final = 1 << 20
"""Bytes that are read at once."""
COPY: Final = 16 << 20
"""Bytes that are read of a copy: a log is turned over before it is larger."""
FIRST: Final = 256 << 10
"""Bytes at a file's end that are read of one never seen."""
LONGEST: Final = 64 << 10
"""Bytes of a line; a longer one is cut into several."""


class Follower:
    """Reads on in one file."""

    def __init__(self, path: Path, place: Place | None, *, is_new: bool = False) -> None:
        """Begin at a kept place, else near the end; at the beginning of what `is_new`."""
        self.path = path
        self._kept = place
        self._is_new = is_new
        self._inode = 0
        self._offset = 0
        self._last: tuple[int, int] = (0, 0)

    @property
    def place(self) -> Place:
        """How far it was read."""
        return Place(*self._last)

    @property
    def behind(self) -> int:
        """Bytes that are not read yet."""
        try:
            return max(0, self.path.stat().st_size - self._offset)
        except OSError:
            return 0

    def read(self) -> list[bytes]:
        """Return the whole lines that follow, of one piece; none where there are no more.

        The place moves with `taken`, once they are where they belong.
        """
        try:
            with self.path.open("rb") as file:
                state = os.fstat(file.fileno())
                rest = self._find_place(state)
                if rest:
                    return rest
                file.seek(self._offset)
                return self._lines(file.read(PIECE))
        except OSError:
            return []

    def taken(self) -> None:
        """Note that all lines that were returned are where they belong."""
        self._last = (self._inode, self._offset)

    def untaken(self) -> None:
        """Have the lines that were returned last returned again."""
        self._inode, self._offset = self._last

    def _find_place(self, state: os.stat_result) -> list[bytes]:
        """Set the offset; return what an earlier copy of the file holds beyond it."""
        if self._inode == 0:
            self._begin(state)
        if self._inode == state.st_ino and self._offset <= state.st_size:
            return []
        rest = self._rest_of_copy()
        self._inode, self._offset = state.st_ino, 0
        return rest

    def _begin(self, state: os.stat_result) -> None:
        self._inode, self._offset = state.st_ino, 0
        if self._kept is not None:
            self._inode, self._offset = self._kept.inode, self._kept.offset
        elif not self._is_new:
            self._offset = self._whole_line_near(max(0, state.st_size - FIRST))
        self.taken()

    def _whole_line_near(self, offset: int) -> int:
        if offset == 0:
            return 0
        with self.path.open("rb") as file:
            file.seek(offset)
            return offset + len(file.readline(LONGEST))

    def _rest_of_copy(self) -> list[bytes]:
        try:
            with Path(f"{self.path}.1").open("rb") as file:
                file.seek(self._offset)
                rest = file.read(COPY)
        except OSError:
            return []
        return [line for line in rest.split(b"\n") if line]

    def _lines(self, piece: bytes) -> list[bytes]:
        whole, newline, rest = piece.rpartition(b"\n")
        if not newline and len(rest) >= LONGEST:
            whole, newline = rest, b""
        self._offset += len(whole) + len(newline)
        return [
            line[start : start + LONGEST]
            for line in whole.split(b"\n")
            for start in range(0, len(line), LONGEST)
        ]
