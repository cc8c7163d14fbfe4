"""The object store of one machine: a folder, everything in it sealed."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore

from groundplan_backend.errors import DependencyUnavailable
from groundplan_backend.objects import sealed
from groundplan_backend.objects.sealed import FRAME, Opener, Sealer
from groundplan_backend.objects.store import Writer, checked, unavailable
from groundplan_backend.settings import Secret

_FAULTS: Final = (BaseError, OSError)
_BUFFER: Final = 1 << 20
_AT_ONCE: Final = 4
"""Frames that are read by one call, which costs as much as opening one."""


class Folder:
    """Objects as sealed files; what is half written never bears an object's name."""

    direct = False

    def __init__(self, folder: Path, key: Secret) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._store = LocalStore(folder)
        self._master = hashlib.sha256(b"objects:" + key.reveal().encode()).digest()

    @asynccontextmanager
    async def writing(self, name: str, most: int) -> AsyncIterator[Writer]:
        """Write an object; `most` changes nothing here."""
        try:
            file = obstore.open_writer_async(self._store, checked(name), buffer_size=_BUFFER)
            writer = _SealingWriter(file, Sealer(self._master, name))
            yield writer
            await writer.end()
            await file.close()
        except _FAULTS as error:
            raise unavailable(error) from error

    async def read(self, name: str, size: int, start: int, end: int) -> AsyncIterator[bytes]:
        """Yield a range, frame by frame."""
        try:
            async for piece in self._read(name, size, start, end):
                yield piece
        except _FAULTS as error:
            raise unavailable(error) from error
        except sealed.Damaged as error:
            raise DependencyUnavailable("the object store gave other bytes than it got") from error

    async def _read(self, name: str, size: int, start: int, end: int) -> AsyncIterator[bytes]:
        header = await self._bytes(name, 0, sealed.HEADER)
        opener = Opener(self._master, name, bytes(header))
        last, after = sealed.frames(size) - 1, -(-end // FRAME)
        for first in range(start // FRAME, after, _AT_ONCE):
            indexes = range(first, min(first + _AT_ONCE, after))
            until = min(sealed.place(indexes[-1] + 1), sealed.sealed_size(size))
            several = await self._bytes(name, sealed.place(first), until)
            for index in indexes:
                offset = sealed.place(index) - sealed.place(first)
                frame = several[offset : offset + FRAME + sealed.TAG]
                plain = opener.open(index, frame, last=index == last)
                yield plain[max(0, start - index * FRAME) : end - index * FRAME]

    async def _bytes(self, name: str, start: int, end: int) -> memoryview:
        return memoryview(
            await obstore.get_range_async(self._store, checked(name), start=start, end=end)
        )

    async def size(self, name: str) -> int | None:
        """Return the plain size of an object."""
        try:
            found = await obstore.head_async(self._store, checked(name))
        except FileNotFoundError:
            return None
        except _FAULTS as error:
            raise unavailable(error) from error
        return sealed.plain_size(found["size"])

    async def copy(self, name: str, into: str) -> None:
        """Nothing comes to a folder by a link."""
        raise NotImplementedError(name, into)

    async def remove(self, names: list[str]) -> None:
        """Remove objects."""
        for name in names:
            try:
                await obstore.delete_async(self._store, checked(name))
            except FileNotFoundError:
                continue
            except _FAULTS as error:
                raise unavailable(error) from error

    async def link(self, name: str, seconds: int) -> str:
        """There are no links to a folder; nobody asks, for `direct` says so."""
        raise NotImplementedError(name)


class _SealingWriter:
    """Gathers pieces into frames, in one buffer that is made once.

    A sealed frame is made anew each time: obstore takes it without a copy and writes it later.
    """

    def __init__(self, file: Any, sealer: Sealer) -> None:
        self._file = file
        self._sealer = sealer
        self._plain = memoryview(bytearray(FRAME))
        self._filled = 0
        self._begun = False

    async def write(self, buffer: bytes, /) -> None:
        """Take some more."""
        rest = memoryview(buffer)
        while rest:
            if self._filled == FRAME:
                await self._put(last=False)
            taken = min(FRAME - self._filled, len(rest))
            self._plain[self._filled : self._filled + taken] = rest[:taken]
            self._filled += taken
            rest = rest[taken:]

    async def end(self) -> None:
        """Write the last frame, which may be empty only where it is the only one."""
        await self._put(last=True)

    async def _put(self, *, last: bool) -> None:
        if not self._begun:
            self._begun = True
            await self._file.write(self._sealer.header)
        frame = self._sealer.seal(self._plain[: self._filled], last=last)
        self._filled = 0
        await self._file.write(frame)
