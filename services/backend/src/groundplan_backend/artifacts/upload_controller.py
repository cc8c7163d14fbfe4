"""Routes of uploads: a file comes in parts, each of which may be sent again."""

from uuid import UUID

from groundplan_backend.artifacts import schemas
from groundplan_backend.artifacts.part_service import PartService
from groundplan_backend.artifacts.upload_service import UploadService
from groundplan_backend.audit.service import Actor
from groundplan_backend.errors import (
    Conflict,
    DigestMismatch,
    PayloadTooLarge,
    UnsupportedMediaType,
    UploadIncomplete,
)
from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_contracts.identity import Role

_PREFIX = "/api/v1/artifacts/uploads"
_UPLOAD = f"{_PREFIX}/{{upload:uuid}}"
_PART = f"{_UPLOAD}/parts/{{number:int}}"
_DIGEST = {"Content-Digest": "`sha-256=:<base64>:` of the part (RFC 9530); compared when there."}


class UploadController:
    """Answers for `/api/v1/artifacts/uploads`."""

    def __init__(self, service: UploadService, parts: PartService) -> None:
        self._service = service
        self._parts = parts

    @operation(
        "POST",
        _PREFIX,
        "Begin an upload",
        role=Role.OPERATOR,
        status=201,
        body=schemas.NewUpload,
        answer=schemas.Upload,
        errors=(PayloadTooLarge,),
        idempotent=True,
        scope="artifacts",
    )
    async def create_upload(
        self, exchange: Exchange, body: schemas.NewUpload, key: str | None
    ) -> Reply:
        """Announce a file; the answer says how large the parts are to be."""
        created = await self._service.create(body, key, _actor(exchange))
        return reply.json_bytes(created, status=201)

    @operation(
        "GET",
        _UPLOAD,
        "Read an upload: what has been received, and what became of it",
        role=Role.OPERATOR,
        answer=schemas.Upload,
        scope="artifacts",
    )
    async def read_upload(self, exchange: Exchange, upload: UUID) -> Reply:
        """Read one; after a cut connection this says which parts are missing."""
        return reply.json(await self._service.read(upload))

    @operation(
        "PUT",
        _PART,
        "Send a part",
        role=Role.OPERATOR,
        answer=schemas.Part,
        errors=(Conflict, DigestMismatch, UnsupportedMediaType, PayloadTooLarge),
        reads=_DIGEST,
        stream=True,
        scope="artifacts",
    )
    async def send_part(self, exchange: Exchange, upload: UUID, number: int) -> Reply:
        """Store a part, or store it anew; one that ends early leaves nothing behind."""
        return reply.json(await self._parts.receive(upload, number, exchange))

    @operation(
        "POST",
        f"{_UPLOAD}/links",
        "Get links by which parts go straight to the store",
        role=Role.OPERATOR,
        body=schemas.PartClaims,
        answer=schemas.PartLinks,
        errors=(Conflict,),
        scope="artifacts",
    )
    async def link_parts(
        self, exchange: Exchange, upload: UUID, body: schemas.PartClaims
    ) -> Reply:
        """Sign a link a part; only where the upload says that it is `direct`."""
        return reply.json(await self._parts.links(upload, body))

    @operation(
        "POST",
        f"{_UPLOAD}/complete",
        "End an upload: check the file and make it an artifact",
        role=Role.OPERATOR,
        body=schemas.Completion,
        answer=schemas.Upload,
        errors=(Conflict, UploadIncomplete),
        also={202: "All is there and is being checked; read the upload until it is."},
        scope="artifacts",
    )
    async def complete_upload(
        self, exchange: Exchange, upload: UUID, body: schemas.Completion
    ) -> Reply:
        """Check digest, type and contents; `state` says ready, refused, or still checking."""
        found = await self._service.complete(upload, body, _actor(exchange))
        return reply.json(found, status=202 if found.state == "checking" else 200)

    @operation(
        "DELETE",
        _UPLOAD,
        "Abandon an upload",
        role=Role.OPERATOR,
        status=204,
        errors=(Conflict,),
        scope="artifacts",
    )
    async def abandon_upload(self, exchange: Exchange, upload: UUID) -> Reply:
        """Drop all its parts."""
        await self._service.abandon(upload, _actor(exchange))
        return reply.empty()


def _actor(exchange: Exchange) -> Actor:
    return Actor.of(exchange)
