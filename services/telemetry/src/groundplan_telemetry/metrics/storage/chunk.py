"""A few minutes of a series as few bytes: whole numbers as differences, all bytes in columns.

Bytes that mean alike lie together, so that the packer finds long runs: times a fixed distance
apart and values that stand still cost next to nothing.
"""

import struct
import zlib
from array import array
from itertools import accumulate, pairwise
from typing import Final

from groundplan_telemetry.metrics.arrays import Real, Whole

HEAD: Final = struct.Struct("<BqI")
RAW: Final = 0
WHOLE: Final = 1
EXACT: Final = 2.0**53
"""Up to here every whole number is a number of its own."""
LEVEL: Final = 1


def pack(times: Whole, values: Real) -> bytes:
    """Return samples, oldest first, as bytes."""
    is_whole = all(value.is_integer() and -EXACT < value < EXACT for value in values)
    steps = array("q", [b - a for a, b in pairwise(times)])
    stored = _differences(values) if is_whole else values
    columns = _columns(steps.tobytes()) + _columns(stored.tobytes())
    head = HEAD.pack(WHOLE if is_whole else RAW, times[0], len(times))
    return head + zlib.compress(columns, LEVEL)


def unpack(packed: bytes) -> tuple[Whole, Real]:
    """Return the samples of bytes that `pack` made."""
    kind, first, count = HEAD.unpack_from(packed)
    columns = zlib.decompress(packed[HEAD.size :])
    border = (count - 1) * 8
    steps = array("q", _rows(columns[:border]))
    times = array("q", accumulate(steps, initial=first))
    if kind == RAW:
        return times, array("d", _rows(columns[border:]))
    return times, array("d", accumulate(array("q", _rows(columns[border:]))))


def _differences(values: Real) -> Whole:
    found = array("q", [int(values[0])])
    found.extend(int(b) - int(a) for a, b in pairwise(values))
    return found


def _columns(rows: bytes) -> bytes:
    return b"".join(rows[at::8] for at in range(8))


def _rows(columns: bytes) -> bytes:
    height = len(columns) // 8
    rows = bytearray(len(columns))
    for at in range(8):
        rows[at::8] = columns[at * height : (at + 1) * height]
    return bytes(rows)
