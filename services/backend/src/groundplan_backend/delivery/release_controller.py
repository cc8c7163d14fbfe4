"""Routes of releases: the builds that can be deployed."""

from uuid import UUID

from groundplan_backend.audit.service import Actor
from groundplan_backend.delivery import schemas
from groundplan_backend.delivery.release_service import ReleaseService
from groundplan_backend.errors import Conflict
from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_contracts.identity import Role

_RELEASES = "/api/v1/delivery/releases"


class ReleaseController:
    """Answers for `/api/v1/delivery/releases`."""

    def __init__(self, service: ReleaseService) -> None:
        self._service = service

    @operation(
        "GET",
        _RELEASES,
        "List the releases",
        role=Role.VIEWER,
        scope="delivery",
        query=schemas.ReleaseQuery,
        answer=schemas.ReleasePage,
    )
    async def list_releases(self, exchange: Exchange, query: schemas.ReleaseQuery) -> Reply:
        """List, latest first."""
        return reply.json(await self._service.releases(query))

    @operation(
        "POST",
        _RELEASES,
        "Register a release",
        role=Role.OPERATOR,
        scope="delivery",
        status=201,
        body=schemas.NewRelease,
        answer=schemas.Release,
        errors=(Conflict,),
        idempotent=True,
    )
    async def create_release(
        self, exchange: Exchange, body: schemas.NewRelease, key: str | None
    ) -> Reply:
        """Register; a version that is known with the same digest is answered as it stands."""
        created = await self._service.create(body, key, Actor.of(exchange))
        return reply.json_bytes(created, status=201)

    @operation(
        "GET",
        f"{_RELEASES}/{{release:uuid}}",
        "Read a release",
        role=Role.VIEWER,
        scope="delivery",
        answer=schemas.Release,
    )
    async def read_release(self, exchange: Exchange, release: UUID) -> Reply:
        """Read one."""
        return reply.json(await self._service.release(release))
