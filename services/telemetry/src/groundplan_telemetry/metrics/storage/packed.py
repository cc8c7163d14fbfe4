"""Sheets as few bytes: rows of ten minutes, each with the bytes of its values in columns.

Bytes that mean alike lie together, and of a row stands only in what it differs from the one
before it: what stands still costs next to nothing.
"""

import struct
import zlib
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from operator import lt
from typing import Final, Self

from groundplan_telemetry.metrics.arrays import Real, Whole
from groundplan_telemetry.metrics.promql.sheet import Held, Sheet

HEAD: Final = struct.Struct("<?III")
"""Whether values fall; how many series, moments and ends there are."""
LEVEL: Final = 1
WIDTH: Final = 8
SMALL: Final = 32 << 10
"""Bytes; what is not larger stays unpacked as long as the sheet is there."""
FRAME: Final = 10_000
"""Bytes that a sheet takes besides its values."""


def pack(sheet: Held) -> tuple[bytes, bytes]:
    """Return a sheet's numbers, and everything else, as bytes."""
    rows = list(zip(*sheet.columns(range(len(sheet.numbers))), strict=True))
    falls = any(any(map(lt, now, before)) for before, now in pairwise(rows))
    head = HEAD.pack(falls, len(sheet.numbers), len(sheet.times), len(sheet.ends))
    body = b"".join(_differences([_columns(array("d", row).tobytes()) for row in rows]))
    moments = array("q", [*_steps(sheet.times), *_steps(sheet.ends)])
    times = zlib.compress(_columns(moments.tobytes()), LEVEL)
    size = struct.pack("<I", len(times))
    return sheet.numbers.tobytes(), head + size + times + zlib.compress(body, LEVEL)


class Packed(Sheet):
    """A sheet of bytes, unpacked as far as somebody asks."""

    def __init__(
        self, numbers: bytes, times: Whole, ends: Whole, falls: bool, body: memoryview
    ) -> None:
        known, places = _numbers(numbers)
        super().__init__(known, times, ends)
        self._places = places
        self._falls, self._body = falls, body
        self._plain: list[int] = []
        self._rows: dict[int, Real] = {}

    @classmethod
    def of(cls, numbers: bytes, packed: bytes) -> Self:
        """Return the sheet that `pack` made into bytes."""
        falls, _, count, ended = HEAD.unpack_from(packed)
        (size,) = struct.unpack_from("<I", packed, HEAD.size)
        begin = HEAD.size + 4
        steps = array("q", _rows(zlib.decompress(packed[begin : begin + size]), count + ended))
        times = array("q", accumulate(steps[:count]))
        ends = array("q", accumulate(steps[count:]))
        return cls(numbers, times, ends, falls, memoryview(packed)[begin + size :])

    @property
    def size(self) -> int:
        """Bytes that it takes in memory when all of it is unpacked, about."""
        return FRAME + 2 * WIDTH * (len(self.numbers) + 1) * len(self.times)

    @property
    def falls(self) -> bool:
        """Whether a value is anywhere smaller than the one before it."""
        return self._falls

    def rows(self, moments: Sequence[int]) -> Mapping[int, Real]:
        """Return the values of all series at some of its moments, by their place in `times`."""
        missing = [at for at in moments if at not in self._rows]
        if missing:
            # Whoever asks for rows asks for those at the borders too.
            self._unpack({*missing, 0, len(self.times) - 1})
        return self._rows

    def _unpack(self, moments: Collection[int]) -> None:
        width = len(self.numbers)
        for at, row in enumerate(self._unpacked()):
            if at in moments and at not in self._rows:
                # Most rows are passed over: only these become bytes.
                columns = row.to_bytes(width * WIDTH, "little")
                self._rows[at] = array("d", _rows(columns, width))

    def _unpacked(self) -> Iterable[int]:
        """Return the rows, each as one number; those of a small sheet stay unpacked."""
        size = len(self.numbers) * WIDTH
        if size * len(self.times) > SMALL:
            return _told_apart(zlib.decompress(self._body), size)
        if not self._plain:
            self._plain = list(_told_apart(zlib.decompress(self._body), size))
        return self._plain

    def columns(self, places: Iterable[int]) -> Iterator[Real]:
        """Yield the values of some series, without marks of their end."""
        width, height = len(self.numbers), len(self.times)
        body = b"".join(row.to_bytes(width * WIDTH, "little") for row in self._unpacked())
        column = bytearray(height * WIDTH)
        for place in places:
            for byte in range(WIDTH):
                column[byte::WIDTH] = body[byte * width + place :: width * WIDTH]
            yield array("d", bytes(column))


@lru_cache(maxsize=512)
def _numbers(packed: bytes) -> tuple[Whole, Mapping[int, int]]:
    """Return numbers and their places; those of one target are the same all day long."""
    numbers = array("q", packed)
    return numbers, {number: place for place, number in enumerate(numbers)}


def _differences(rows: Sequence[bytes]) -> Iterator[bytes]:
    """Yield the first row, and of each other one the bits in which it differs from the last."""
    before = 0
    for row in rows:
        now = int.from_bytes(row, "little")
        yield (now ^ before).to_bytes(len(row), "little")
        before = now


def _told_apart(differences: bytes, size: int) -> Iterator[int]:
    """Yield the rows of which differences were made, each as one number."""
    now = 0
    for low in range(0, len(differences), size):
        now ^= int.from_bytes(differences[low : low + size], "little")
        yield now


def _steps(times: Whole) -> Whole:
    return array("q", [*times[:1], *(b - a for a, b in pairwise(times))])


def _columns(rows: bytes) -> bytes:
    return b"".join(rows[at::WIDTH] for at in range(WIDTH))


def _rows(columns: bytes, height: int) -> bytes:
    rows = bytearray(len(columns))
    for at in range(WIDTH):
        rows[at::WIDTH] = columns[at * height : (at + 1) * height]
    return bytes(rows)
