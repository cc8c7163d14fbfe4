"""Compressed streams, unpacked a bounded piece at a time."""

import bz2
import lzma
import zlib
from collections.abc import Callable
from typing import Any, Final

from groundplan_backend.artifacts.inspection.budget import Budget
from groundplan_backend.artifacts.inspection.source import Pull, Refused, Source
from groundplan_backend.artifacts.sniff import BZIP2, GZIP, XZ

_PIECE: Final = 1 << 18
_MEMORY: Final = 64 << 20
"""Bytes that xz may ask for as its dictionary."""
_FAULTS: Final = (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError)

Make = Callable[[], Any]
MAKERS: Final[dict[str, Make]] = {
    GZIP: lambda: zlib.decompressobj(wbits=31),
    BZIP2: bz2.BZ2Decompressor,
    XZ: lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY),
}


def deflated() -> Any:
    """Return what unpacks the entries of a zip."""
    return zlib.decompressobj(wbits=-15)


def once(source: Source, make: Make, budget: Budget) -> Pull:
    """Return a pull of one compressed stream; what follows it stays in the source."""
    machine = make()

    def pull() -> bytes:
        while not machine.eof:
            piece = _step(machine, source)
            if machine.eof and machine.unused_data:
                source.put_back(machine.unused_data)
            if piece:
                budget.unpack(len(piece))
                return piece
        return b""

    return pull


def all_of(source: Source, make: Make, budget: Budget) -> Pull:
    """Return a pull of compressed streams one after the other, as gzip and its kin allow."""
    member = once(source, make, budget)

    def pull() -> bytes:
        nonlocal member
        while True:
            piece = member()
            if piece or not source.peek(1):
                return piece
            member = once(source, make, budget)

    return pull


def _step(machine: Any, source: Source) -> bytes:
    held = getattr(machine, "unconsumed_tail", b"")
    wants = getattr(machine, "needs_input", not held)
    packed = source.some() if wants else held
    if wants and not packed:
        raise Refused("ends in the middle")
    try:
        piece: bytes = machine.decompress(packed, _PIECE)
    except _FAULTS as error:
        raise Refused("is damaged where it is compressed") from error
    return piece
