"""The object store in the cloud: one S3 bucket, which encrypts by itself with its own key."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from groundplan_backend.objects.store import PIECE, Writer, checked, unavailable

if TYPE_CHECKING:
    from obstore.store import RetryConfig

_FAULTS: Final = (BaseError, OSError)
_REPEAT: Final["RetryConfig"] = {"max_retries": 2, "retry_timeout": timedelta(seconds=5)}
"""The default goes on for minutes, and nobody would wait for it."""
_AT_ONCE: Final = 8 << 20
"""Bytes of a larger object that are gathered before they are sent; S3 takes no fewer than 5 Mi."""
_READ: Final = 4 << 20
"""Bytes that are asked for at once: each question takes S3 some 20 ms."""


class Bucket:
    """Objects of a bucket. Rights come from the pod's identity, or AWS' usual variables."""

    direct = True

    def __init__(self, name: str, region: str, endpoint: str | None = None) -> None:
        more: dict[str, Any] = {}
        if endpoint is not None:
            plain = {"allow_http": True} if endpoint.startswith("http:") else {}
            more = {"endpoint": endpoint, "client_options": plain}
        self._store = S3Store(name, region=region, retry_config=_REPEAT, **more)

    @asynccontextmanager
    async def writing(self, name: str, most: int) -> AsyncIterator[Writer]:
        """Write an object; one that fits is sent at once, else in pieces, two under way."""
        try:
            size = min(most, _AT_ONCE)
            file = obstore.open_writer_async(
                self._store, checked(name), buffer_size=max(size, 1), max_concurrency=2
            )
            yield file
            await file.close()
        except _FAULTS as error:
            raise unavailable(error) from error

    async def read(self, name: str, size: int, start: int, end: int) -> AsyncIterator[bytes]:
        """Yield a range."""
        try:
            for begins in range(start, end, _READ):
                until = min(begins + _READ, end)
                found = await obstore.get_range_async(
                    self._store, checked(name), start=begins, end=until
                )
                for piece in range(0, len(found), PIECE):
                    yield bytes(memoryview(found)[piece : piece + PIECE])
        except _FAULTS as error:
            raise unavailable(error) from error

    async def size(self, name: str) -> int | None:
        """Return the size of an object."""
        try:
            found = await obstore.head_async(self._store, checked(name))
        except FileNotFoundError:
            return None
        except _FAULTS as error:
            raise unavailable(error) from error
        return found["size"]

    async def copy(self, name: str, into: str) -> None:
        """Copy an object inside the bucket; its bytes do not come here."""
        try:
            await obstore.copy_async(self._store, checked(name), checked(into))
        except _FAULTS as error:
            raise unavailable(error) from error

    async def remove(self, names: list[str]) -> None:
        """Remove objects, many in one call."""
        try:
            await obstore.delete_async(self._store, [checked(name) for name in names])
        except FileNotFoundError:
            return
        except _FAULTS as error:
            raise unavailable(error) from error

    async def link(self, name: str, seconds: int) -> str:
        """Sign an address for one PUT."""
        try:
            return await obstore.sign_async(
                self._store, "PUT", checked(name), timedelta(seconds=seconds)
            )
        except _FAULTS as error:
            raise unavailable(error) from error
