"""Bytes that are read forward, with a look ahead and one way to put back what was too much."""

# ruff: noqa: N818 - a refusal is named by what it says, not by being an error

from collections.abc import Callable

Pull = Callable[[], bytes]
"""Gives some more bytes; none at all is the end."""


class Refused(Exception):
    """The file is not taken; the message says why, as the end of a sentence about it."""


class Source:
    """Reads from a pull."""

    def __init__(self, pull: Pull) -> None:
        self._pull = pull
        self._rest = memoryview(b"")
        self._over = False

    @property
    def held(self) -> int:
        """How many bytes were pulled and not read yet."""
        return len(self._rest)

    def some(self) -> bytes:
        """Return some bytes, as many as come at once; none at the end."""
        self._fill(1)
        rest, self._rest = self._rest, memoryview(b"")
        return bytes(rest)

    def read(self, count: int) -> bytes:
        """Return so many bytes, fewer only at the end."""
        self._fill(count)
        rest, self._rest = self._rest[:count], self._rest[count:]
        return bytes(rest)

    def exactly(self, count: int) -> bytes:
        """Return so many bytes.

        Raises:
            Refused: the end comes before.
        """
        found = self.read(count)
        if len(found) < count:
            raise Refused("ends in the middle")
        return found

    def peek(self, count: int) -> bytes:
        """Return the next bytes and leave them where they are."""
        self._fill(count)
        return bytes(self._rest[:count])

    def put_back(self, rest: bytes) -> None:
        """Let these be the next bytes."""
        self._rest = memoryview(rest + bytes(self._rest))

    def limited(self, count: int) -> Pull:
        """Return a pull of the next `count` bytes.

        Raises:
            Refused: the end comes before.
        """
        left = count

        def pull() -> bytes:
            nonlocal left
            if left == 0:
                return b""
            piece = self.some()
            if not piece:
                raise Refused("ends in the middle")
            taken, rest = piece[:left], piece[left:]
            if rest:
                self.put_back(rest)
            left -= len(taken)
            return taken

        return pull

    def _fill(self, count: int) -> None:
        while len(self._rest) < count and not self._over:
            piece = self._pull()
            self._over = not piece
            if piece:
                self._rest = memoryview(bytes(self._rest) + piece if self._rest else piece)
