"""Pieces on their way from the event loop to a thread."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from groundplan_backend.artifacts.read_ahead import ReadAhead


async def _pieces(count: int, fail: bool = False) -> AsyncIterator[bytes]:
    for number in range(count):
        yield bytes([number])
    if fail:
        raise OSError("gone")


def _all(ahead: ReadAhead) -> list[bytes]:
    found = []
    while piece := ahead.pull():
        found.append(piece)
    assert b"" == ahead.pull()
    return found


async def test_all_come_in_order_and_then_none() -> None:
    """However many there are, and as often as one asks at the end."""
    loop = asyncio.get_running_loop()
    for count in (0, 1, 8, 9, 30):
        ahead = ReadAhead(_pieces(count), loop)
        assert [bytes([n]) for n in range(count)] == await asyncio.to_thread(_all, ahead)


async def test_what_fails_in_the_loop_fails_in_the_thread() -> None:
    """A store that is gone must not look like the end of a file."""
    ahead = ReadAhead(_pieces(3, fail=True), asyncio.get_running_loop())
    with pytest.raises(OSError, match="gone"):
        await asyncio.to_thread(_all, ahead)
