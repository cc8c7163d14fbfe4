"""Sealed frames: what is put in comes out, and nothing else passes for it."""

import os

import pytest

from groundplan_backend.objects import sealed
from groundplan_backend.objects.sealed import FRAME, Damaged, Opener, Sealer

MASTER = bytes(32)


def _frames(name: str, *plain: bytes) -> tuple[bytes, list[bytes]]:
    sealer = Sealer(MASTER, name)
    last = len(plain) - 1
    frames = [sealer.seal(memoryview(each), last=n == last) for n, each in enumerate(plain)]
    return sealer.header, frames


def test_frames_open_alone_and_in_any_order() -> None:
    """A range needs only its own frames."""
    plain = [os.urandom(100), os.urandom(50)]
    header, frames = _frames("a", *plain)
    opener = Opener(MASTER, "a", header)
    assert plain[1] == opener.open(1, memoryview(frames[1]), last=True)
    assert plain[0] == opener.open(0, memoryview(frames[0]), last=False)


def test_what_was_not_written_there_is_not_opened() -> None:
    """Another bit, place, end, name, key or header: each is found out."""
    header, frames = _frames("a", b"first", b"second")
    spoilt = bytes([frames[0][0] ^ 1]) + frames[0][1:]
    other, _ = _frames("a", b"first")
    opener = Opener(MASTER, "a", header)
    attempts = [
        (opener, 0, spoilt, False),
        (opener, 1, frames[0], False),
        (opener, 0, frames[1], False),
        (opener, 0, frames[0], True),
        (opener, 0, frames[0][:-1], False),
        (Opener(MASTER, "b", header), 0, frames[0], False),
        (Opener(bytes([1]) * 32, "a", header), 0, frames[0], False),
        (Opener(MASTER, "a", other), 0, frames[0], False),
    ]
    for asked, index, frame, last in attempts:
        with pytest.raises(Damaged):
            asked.open(index, memoryview(frame), last=last)
    with pytest.raises(Damaged):
        Opener(MASTER, "a", b"none" + header[4:])


def test_the_same_bytes_are_never_sealed_alike() -> None:
    """Every object has a salt, and so a key, of its own."""
    assert _frames("a", b"same") != _frames("a", b"same")


@pytest.mark.parametrize("size", [0, 1, FRAME - 1, FRAME, FRAME + 1, 5 * FRAME])
def test_sizes_go_both_ways(size: int) -> None:
    """How long an object is tells how much it holds."""
    assert size == sealed.plain_size(sealed.sealed_size(size))
    assert sealed.place(sealed.frames(size)) >= sealed.sealed_size(size)
