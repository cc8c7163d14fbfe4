"""Notes: empty objects that are made once and never changed, whose names say all.

They stand in folders, of a disk or of a bucket, and are listed by folder; nothing here can
change or remove one.
"""

import asyncio
import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, Protocol

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import ObjectStore, S3Store

from groundplan_backend.objects.store import checked, unavailable

_FAULTS: Final = (BaseError, OSError)
_PATIENCE: Final = timedelta(seconds=3)


class Notes(Protocol):
    """Where notes are kept. A failure is a DependencyUnavailable, on every method."""

    async def create(self, folder: str, name: str) -> None:
        """Make a note; one that is there already stays as it is."""

    async def folders(self) -> list[str]:
        """Return the names of the folders that hold notes, in order."""

    async def names(self, folder: str) -> list[str]:
        """Return the names of a folder's notes, in order."""


class FolderNotes:
    """Notes as empty files that nobody may write."""

    def __init__(self, root: Path) -> None:
        self._root = root

    async def create(self, folder: str, name: str) -> None:
        """Make a note and write it through to the disk."""
        try:
            await asyncio.to_thread(self._create, self._root / checked(folder), checked(name))
        except OSError as error:
            raise unavailable(error) from error

    async def folders(self) -> list[str]:
        """List the root."""
        return await self._listed(self._root)

    async def names(self, folder: str) -> list[str]:
        """List a folder."""
        return await self._listed(self._root / checked(folder))

    @staticmethod
    def _create(folder: Path, name: str) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            handle = os.open(folder / name, os.O_CREAT | os.O_EXCL, 0o400)
            os.fsync(handle)
            os.close(handle)
            _sync(folder)
            _sync(folder.parent)

    @staticmethod
    async def _listed(folder: Path) -> list[str]:
        try:
            return sorted(await asyncio.to_thread(os.listdir, folder))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise unavailable(error) from error


def bucket_notes(
    bucket: str, prefix: str, region: str, endpoint: str | None = None
) -> "StoredNotes":
    """Return the notes below a prefix of an S3 bucket."""
    more: dict[str, Any] = {} if endpoint is None else {"endpoint": endpoint}
    is_plain = endpoint is not None and endpoint.startswith("http:")
    store = S3Store(
        bucket,
        prefix=checked(prefix),
        region=region,
        client_options={"timeout": _PATIENCE, "allow_http": is_plain},
        retry_config={"max_retries": 2, "retry_timeout": _PATIENCE},
        **more,
    )
    return StoredNotes(store)


class StoredNotes:
    """Notes as empty objects of a store, which itself refuses a second one of a name."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    async def create(self, folder: str, name: str) -> None:
        """Put an object that is not there yet."""
        try:
            path = checked(f"{folder}/{name}")
            with suppress(AlreadyExistsError):
                await obstore.put_async(self._store, path, b"", mode="create")
        except _FAULTS as error:
            raise unavailable(error) from error

    async def folders(self) -> list[str]:
        """List what stands directly below the prefix."""
        try:
            found = await obstore.list_with_delimiter_async(self._store)
        except _FAULTS as error:
            raise unavailable(error) from error
        return sorted(prefix.rstrip("/").rsplit("/", 1)[-1] for prefix in found["common_prefixes"])

    async def names(self, folder: str) -> list[str]:
        """List the objects of a folder."""
        found: list[str] = []
        try:
            async for page in obstore.list(self._store, prefix=checked(folder)):
                found += [each["path"].rsplit("/", 1)[-1] for each in page]
        except _FAULTS as error:
            raise unavailable(error) from error
        return sorted(found)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
