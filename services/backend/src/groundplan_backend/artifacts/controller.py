"""Routes of artifacts: find, fetch whole or in ranges, hand on by links, keep and delete."""

from uuid import UUID

from groundplan_backend.artifacts import schemas
from groundplan_backend.artifacts.download import wanted
from groundplan_backend.artifacts.service import ArtifactService
from groundplan_backend.audit.service import Actor
from groundplan_backend.errors import LinkEnded, RangeNotSatisfiable
from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_contracts.identity import Role

_PREFIX = "/api/v1/artifacts"
_ARTIFACT = f"{_PREFIX}/{{artifact:uuid}}"
_BYTES = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
_CONDITIONS = {
    "Range": "One range of bytes, such as `bytes=0-1023` (RFC 9110); others get the whole file.",
    "If-Range": "The `ETag` that the range belongs to.",
    "If-None-Match": "The `ETag` that the client has.",
}
_ALSO = {206: "The range that was asked for.", 304: "The client has it already."}


class ArtifactController:
    """Answers for `/api/v1/artifacts`."""

    def __init__(self, service: ArtifactService) -> None:
        self._service = service

    @operation(
        "GET",
        _PREFIX,
        "List and search the artifacts",
        role=Role.VIEWER,
        query=schemas.ArtifactQuery,
        answer=schemas.ArtifactPage,
        scope="artifacts",
        replicated=True,
    )
    async def list_artifacts(self, exchange: Exchange, query: schemas.ArtifactQuery) -> Reply:
        """List, newest first."""
        return reply.json(await self._service.list(query))

    @operation(
        "GET",
        _ARTIFACT,
        "Read what is known of an artifact",
        role=Role.VIEWER,
        answer=schemas.Artifact,
        scope="artifacts",
    )
    async def read_artifact(self, exchange: Exchange, artifact: UUID) -> Reply:
        """Read one."""
        return reply.json(await self._service.read(artifact))

    @operation(
        "PATCH",
        _ARTIFACT,
        "Change how long an artifact is kept",
        role=Role.OPERATOR,
        body=schemas.Keeping,
        answer=schemas.Artifact,
        scope="artifacts",
    )
    async def keep_artifact(
        self, exchange: Exchange, artifact: UUID, body: schemas.Keeping
    ) -> Reply:
        """Count its days from now."""
        return reply.json(await self._service.keep(artifact, body, _actor(exchange)))

    @operation(
        "DELETE",
        _ARTIFACT,
        "Delete an artifact",
        role=Role.OPERATOR,
        status=204,
        scope="artifacts",
    )
    async def delete_artifact(self, exchange: Exchange, artifact: UUID) -> Reply:
        """Delete; links to it open nothing any more."""
        await self._service.delete(artifact, _actor(exchange))
        return reply.empty()

    @operation(
        "GET",
        f"{_ARTIFACT}/content",
        "Fetch an artifact, whole or a range of it",
        role=Role.VIEWER,
        content=_BYTES,
        errors=(RangeNotSatisfiable,),
        also=_ALSO,
        reads=_CONDITIONS,
        stream=True,
        scope="artifacts",
    )
    async def fetch_artifact(self, exchange: Exchange, artifact: UUID) -> Reply:
        """Answer with the bytes, never as something that a browser would run."""
        found = await self._service.content(artifact)
        return wanted(found, exchange)

    @operation(
        "POST",
        f"{_ARTIFACT}/links",
        "Make a link that gives an artifact to whoever has it",
        role=Role.OPERATOR,
        status=201,
        body=schemas.NewLink,
        answer=schemas.Link,
        scope="artifacts",
    )
    async def link_artifact(
        self, exchange: Exchange, artifact: UUID, body: schemas.NewLink
    ) -> Reply:
        """Sign an address that expires."""
        made = await self._service.link(artifact, body, _actor(exchange))
        return reply.json(made, status=201)

    @operation(
        "GET",
        f"{_PREFIX}/shared/{{artifact:uuid}}",
        "Fetch an artifact by a link",
        query=schemas.Signature,
        content=_BYTES,
        errors=(LinkEnded, RangeNotSatisfiable),
        also=_ALSO,
        reads=_CONDITIONS,
        stream=True,
    )
    async def fetch_shared(
        self, exchange: Exchange, artifact: UUID, query: schemas.Signature
    ) -> Reply:
        """Answer as to somebody who is signed in, if the link is ours and has not expired."""
        found = await self._service.shared(artifact, query)
        return wanted(found, exchange)


def _actor(exchange: Exchange) -> Actor:
    return Actor.of(exchange)
