"""Parts of uploads: they come in any order, as often as their sender likes, or go to the store.

A part is written to a name of its own before it counts. That name stands on the list of leftovers
until the transaction that makes it a part, so a replica that dies in between leaves nothing.
"""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from groundplan_backend.artifacts import digests, repository, schemas
from groundplan_backend.artifacts.repository import Stored
from groundplan_backend.errors import (
    Conflict,
    DigestMismatch,
    InvalidRequest,
    NotFound,
    UnsupportedMediaType,
)
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.objects.store import Objects
from groundplan_backend.postgres.pool import Pool
from groundplan_contracts.objects import FILES

OPEN_FOR: Final = timedelta(days=1)
"""How long an upload may take from beginning to end."""
_WRITE_WITHIN: Final = timedelta(hours=1)
_LINK_SECONDS: Final = 3600


class PartService:
    """The parts of files on their way in."""

    def __init__(self, pool: Pool, objects: Objects) -> None:
        self._pool = pool
        self._objects = objects

    @property
    def direct(self) -> bool:
        """Whether parts may go straight to the store."""
        return self._objects.direct

    async def receive(self, upload: UUID, number: int, exchange: Exchange) -> schemas.Part:
        """Store a part as it comes.

        Raises:
            NotFound: the upload has no such part.
            Conflict: the upload takes no parts any more.
            InvalidRequest: it ends early, or is longer than a part of this number.
            DigestMismatch: it is not what its sender has digested.
        """
        _plain(exchange.headers)
        claimed = digests.of_content(exchange.headers)
        size = await self._expected(upload, number)
        stored = await self._write(upload, number, size, claimed, exchange)
        async with self._pool.transaction() as connection:
            _open(await repository.lock_upload(connection, upload))
            await repository.put_part(connection, upload, stored, is_received=True)
        return part(number, size, stored.sha256)

    async def _write(
        self, upload: UUID, number: int, size: int, claimed: bytes | None, exchange: Exchange
    ) -> Stored:
        name, digest, received = _object_name(upload, number), hashlib.sha256(), 0
        declared = exchange.headers.get(b"content-length")
        if declared is not None and int(declared) != size:
            raise InvalidRequest(f"part {number} has {size} bytes, this is {int(declared)}")
        await repository.reserve(self._pool, [name], _WRITE_WITHIN)
        async with self._objects.writing(name, size) as writer:
            async for piece in exchange.pieces(size):
                digest.update(piece)
                received += len(piece)
                await writer.write(piece)
            if received < size:
                raise InvalidRequest(f"part {number} has {size} bytes, {received} came")
            if claimed is not None and claimed != digest.digest():
                raise DigestMismatch(f"part {number} is not what was digested; send it again")
        return Stored(number, name, size, digest.digest())

    async def _expected(self, upload: UUID, number: int) -> int:
        row = _open(await repository.read_frame(self._pool, upload))
        size, length = row["size"], row["part_size"]
        if not 1 <= number <= count(size, length):
            raise NotFound(f"the upload has {count(size, length)} parts")
        return int(min(length, size - (number - 1) * length))

    async def links(self, upload: UUID, claims: schemas.PartClaims) -> schemas.PartLinks:
        """Return links by which parts go straight to the store.

        Raises:
            NotFound: the upload has no such part.
            Conflict: the store takes none, or the upload.
        """
        if not self._objects.direct:
            raise Conflict("this store takes parts only by PUT on the upload's own address")
        found = [
            Stored(
                each.number,
                _object_name(upload, each.number),
                await self._expected(upload, each.number),
                bytes.fromhex(each.sha256),
            )
            for each in claims.parts
        ]
        await repository.reserve(self._pool, [each.object for each in found], OPEN_FOR)
        async with self._pool.transaction() as connection:
            _open(await repository.lock_upload(connection, upload))
            for each in found:
                await repository.put_part(connection, upload, each, is_received=False)
        until = datetime.now(UTC) + timedelta(seconds=_LINK_SECONDS)
        return schemas.PartLinks(
            next=None,
            items=[
                schemas.PartLink(
                    number=each.number,
                    url=await self._objects.link(each.object, _LINK_SECONDS),
                    expires_at=until,
                )
                for each in found
            ],
        )

    async def arrived(self, upload: UUID) -> list[Stored]:
        """Return the promised parts that the store has by now.

        Each is copied to a name of its own: a link may still be used to write another one.
        """
        rows = await repository.list_parts(self._pool, upload) if self._objects.direct else []
        found: list[Stored] = []
        for number, name, size, sha256, received_at in rows:
            if received_at is None and await self._objects.size(name) == size:
                own = _object_name(upload, number)
                await repository.reserve(self._pool, [own], _WRITE_WITHIN)
                await self._objects.copy(name, own)
                found.append(Stored(number, own, size, sha256))
        return found


def count(size: int, part: int) -> int:
    """Return how many parts a file has; an empty one has none."""
    return -(-size // part)


def part(number: int, size: int, sha256: bytes) -> schemas.Part:
    """Return a part as clients see it."""
    return schemas.Part(number=number, size=size, sha256=sha256.hex())


def _object_name(upload: UUID, number: int) -> str:
    return f"{FILES}/{upload.hex[:2]}/{upload}-{number}-{secrets.token_hex(8)}"


def _open(row: Any) -> Any:
    if row is None:
        raise NotFound("there is no such upload")
    if row["state"] != "uploading":
        raise Conflict("the upload takes no parts any more")
    return row


def _plain(headers: dict[bytes, bytes]) -> None:
    """A part is the file's own bytes, nothing that stands for them."""
    kind = headers.get(b"content-type", b"application/octet-stream").split(b";")[0].strip()
    if kind.lower() != b"application/octet-stream":
        raise UnsupportedMediaType("send a part as application/octet-stream")
    if headers.get(b"content-encoding", b"identity").lower() != b"identity":
        raise UnsupportedMediaType("send a part without Content-Encoding")
