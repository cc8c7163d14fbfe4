"""Uploads: begun, and when all parts are there ended, or abandoned."""

import uuid
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from groundplan_backend.artifacts import names, part_service, repository, schemas
from groundplan_backend.artifacts.checker import Checker
from groundplan_backend.artifacts.part_service import OPEN_FOR, PartService
from groundplan_backend.artifacts.repository import NewArtifact
from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.errors import (
    Conflict,
    InvalidRequest,
    NotFound,
    PayloadTooLarge,
    UploadIncomplete,
)
from groundplan_backend.http import reply
from groundplan_backend.idempotency.service import Claim, Idempotency
from groundplan_backend.postgres.pool import Connection, Pool
from groundplan_backend.settings import Settings
from groundplan_contracts.problem import FieldError

UNFINISHED: Final = 100
"""Uploads that one user may have under way."""
_PARTS: Final = 10_000
_WAIT: Final = 6.0
"""Seconds that the end of an upload waits for its check; a larger file takes longer."""


class UploadService:
    """Files on their way in."""

    def __init__(
        self,
        pool: Pool,
        parts: PartService,
        checker: Checker,
        idempotency: Idempotency,
        settings: Settings,
    ) -> None:
        self._pool = pool
        self._parts = parts
        self._checker = checker
        self._idempotency = idempotency
        self._settings = settings

    async def create(self, new: schemas.NewUpload, key: str | None, actor: Actor) -> bytes:
        """Begin an upload and return it as JSON.

        Raises:
            InvalidRequest: the file's name is none.
            PayloadTooLarge: the file is.
            Conflict: the user has begun too many.
        """
        row = self._row(new, actor)

        async def insert(connection: Connection) -> bytes:
            if await repository.unfinished(connection, actor.subject) >= UNFINISHED:
                raise Conflict(f"{UNFINISHED} uploads are under way; end or abandon some")
            await repository.insert_upload(connection, row)
            detail: dict[str, object] = {"name": new.name, "kind": new.kind, "size": new.size}
            await audit.record(connection, actor, Event("artifact.upload", str(row.id), detail))
            return reply.encode(self._begun(row))

        claim = Claim(actor.subject, "POST uploads", key, reply.encode(new)) if key else None
        return await self._idempotency.create(claim, insert)

    def _row(self, new: schemas.NewUpload, actor: Actor) -> NewArtifact:
        wrong = names.fault(new.name)
        if wrong is not None:
            fault = FieldError("name", wrong)
            raise InvalidRequest("the body is not as described", errors=[fault])
        settings = self._settings
        most = min(settings.artifact_max_size, settings.artifact_part_size * _PARTS)
        if new.size > most:
            raise PayloadTooLarge(f"a file may have {most} bytes")
        return NewArtifact(
            id=uuid.uuid4(),
            name=new.name,
            kind=new.kind,
            subject=new.subject or None,
            size=new.size,
            part_size=settings.artifact_part_size,
            claimed=bytes.fromhex(new.sha256) if new.sha256 else None,
            keep_days=min(new.keep_days or 3650, settings.artifact_keep_days),
            created_by=actor.subject,
            open_for=OPEN_FOR,
        )

    def _begun(self, row: NewArtifact) -> schemas.Upload:
        return schemas.Upload(
            id=row.id,
            name=row.name,
            kind=row.kind,  # type: ignore[arg-type]
            subject=row.subject,
            size=row.size,
            part_size=row.part_size,
            parts=part_service.count(row.size, row.part_size),
            received=[],
            state="uploading",
            refusal=None,
            direct=self._parts.direct,
            expires_at=datetime.now(UTC) + OPEN_FOR,
        )

    async def read(self, upload: UUID) -> schemas.Upload:
        """Return an upload and what of it has been received.

        Raises:
            NotFound: there is none.
        """
        row = await repository.read_upload(self._pool, upload)
        if row is None:
            raise NotFound("there is no such upload")
        return schemas.Upload(
            id=row["id"],
            name=row["name"],
            kind=row["kind"],
            subject=row["subject"],
            size=row["size"],
            part_size=row["part_size"],
            parts=part_service.count(row["size"], row["part_size"]),
            received=[part_service.part(*each) for each in row["received"]],
            state=row["state"],
            refusal=row["refusal"],
            direct=self._parts.direct,
            expires_at=row["expires_at"],
        )

    async def complete(
        self, upload: UUID, completion: schemas.Completion, actor: Actor
    ) -> schemas.Upload:
        """End an upload; whoever asks again is told what has become of it.

        Raises:
            NotFound: there is none.
            UploadIncomplete: parts are missing.
        """
        claimed = bytes.fromhex(completion.sha256) if completion.sha256 else None
        arrived = await self._parts.arrived(upload)
        async with self._pool.transaction() as connection:
            row = await repository.lock_upload(connection, upload)
            if row is not None and row["state"] == "uploading":
                for each in arrived:
                    await repository.put_part(connection, upload, each, is_received=True)
                _whole(row, await repository.list_parts(connection, upload))
                if row["claimed"] and claimed and row["claimed"] != claimed:
                    raise Conflict("another digest was given at the beginning")
                await repository.begin_check(connection, upload, claimed)
        await self._checker.wait(upload, actor, _WAIT)
        return await self.read(upload)

    async def abandon(self, upload: UUID, actor: Actor) -> None:
        """Drop an upload and its parts.

        Raises:
            NotFound: there is none.
            Conflict: it is an artifact already, or about to be.
        """
        async with self._pool.transaction() as connection:
            row = await repository.lock_upload(connection, upload)
            if row is None:
                raise NotFound("there is no such upload")
            if row["state"] in ("checking", "ready"):
                raise Conflict("the upload has ended; delete the artifact instead")
            await repository.delete(connection, [upload])
            event = Event("artifact.abandon", str(upload), {"name": row["name"]})
            await audit.record(connection, actor, event)


def _whole(row: Any, parts: list[Any]) -> None:
    received = {part["number"] for part in parts if part["received_at"] is not None}
    missing = [
        number
        for number in range(1, part_service.count(row["size"], row["part_size"]) + 1)
        if number not in received
    ]
    if missing:
        shown = ", ".join(map(str, missing[:20]))
        raise UploadIncomplete(f"{len(missing)} parts are missing: {shown}")
