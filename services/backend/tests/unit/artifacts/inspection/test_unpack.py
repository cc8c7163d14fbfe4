"""Compressed streams, whole, broken and lying."""

import bz2
import gzip
import lzma
import os
from collections.abc import Callable

import pytest

from groundplan_backend.artifacts.inspection import unpack
from groundplan_backend.artifacts.inspection.budget import Budget, Limits
from groundplan_backend.artifacts.inspection.source import Refused, Source
from groundplan_backend.artifacts.sniff import BZIP2, GZIP, XZ

Pack = Callable[[bytes], bytes]
PACKS = [(GZIP, gzip.compress), (BZIP2, bz2.compress), (XZ, lzma.compress)]


def _unpacked(kind: str, packed: bytes, step: int = 1000) -> bytes:
    budget = Budget(Limits())
    pieces = iter([packed[at : at + step] for at in range(0, len(packed), step)])
    pull = budget.packed(lambda: next(pieces, b""))
    found = Source(unpack.all_of(Source(pull), unpack.MAKERS[kind], budget))
    whole = b""
    while piece := found.some():
        whole += piece
    return whole


@pytest.mark.parametrize(("kind", "pack"), PACKS)
def test_streams_come_out_as_they_went_in(kind: str, pack: Pack) -> None:
    """One, and several one after the other, however the bytes are cut."""
    plain = os.urandom(100_000) + b"a" * 200_000
    assert plain == _unpacked(kind, pack(plain))
    assert plain + b"end" == _unpacked(kind, pack(plain) + pack(b"end"), 7)


@pytest.mark.parametrize(("kind", "pack"), PACKS)
def test_a_bomb_is_left_before_it_is_large(kind: str, pack: Pack) -> None:
    """The count is of bytes that came out, whatever the stream says of itself."""
    with pytest.raises(Refused, match="more than 100 times its size"):
        _unpacked(kind, pack(bytes(24 << 20)), 100)


@pytest.mark.parametrize(("kind", "pack"), PACKS)
def test_what_is_cut_or_damaged_is_refused(kind: str, pack: Pack) -> None:
    """A stream that ends early, and one that turns into something else."""
    packed = pack(os.urandom(10_000))
    with pytest.raises(Refused, match="ends in the middle"):
        _unpacked(kind, packed[: len(packed) // 2])
    with pytest.raises(Refused, match="damaged"):
        _unpacked(kind, packed[:100] + bytes(200) + packed[300:])
