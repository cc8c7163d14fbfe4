"""Routes of service identities, for administrators."""

from uuid import UUID

from groundplan_backend.errors import Conflict
from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_backend.identity.controller import actor
from groundplan_backend.identity.service_identities import schemas
from groundplan_backend.identity.service_identities.service import ServiceIdentityService
from groundplan_contracts.identity import Role

_ALL = "/api/v1/identity/service-identities"
_ONE = f"{_ALL}/{{service:uuid}}"


class ServiceIdentityController:
    """Answers for `/api/v1/identity/service-identities`, their tokens aside."""

    def __init__(self, service: ServiceIdentityService) -> None:
        self._service = service

    @operation(
        "GET",
        _ALL,
        "List the service identities",
        role=Role.ADMINISTRATOR,
        query=schemas.ServiceIdentityQuery,
        answer=schemas.ServiceIdentityPage,
        replicated=True,
    )
    async def list_service_identities(
        self, exchange: Exchange, query: schemas.ServiceIdentityQuery
    ) -> Reply:
        """List by name."""
        return reply.json(await self._service.list(query))

    @operation(
        "POST",
        _ALL,
        "Create a service identity",
        role=Role.ADMINISTRATOR,
        step_up=True,
        status=201,
        body=schemas.NewServiceIdentity,
        answer=schemas.ServiceIdentity,
        idempotent=True,
        errors=(Conflict,),
    )
    async def create_service_identity(
        self, exchange: Exchange, body: schemas.NewServiceIdentity, key: str | None
    ) -> Reply:
        """Create a machine that may call, once it has a token."""
        created = await self._service.create(body, key, actor(exchange))
        return reply.json_bytes(created, status=201)

    @operation(
        "GET",
        _ONE,
        "Read a service identity",
        role=Role.ADMINISTRATOR,
        answer=schemas.ServiceIdentity,
    )
    async def read_service_identity(self, exchange: Exchange, service: UUID) -> Reply:
        """Read one."""
        return reply.json(await self._service.read(service))

    @operation(
        "DELETE",
        _ONE,
        "Delete a service identity and revoke its tokens",
        role=Role.ADMINISTRATOR,
        step_up=True,
        status=204,
    )
    async def delete_service_identity(self, exchange: Exchange, service: UUID) -> Reply:
        """Delete; every gateway refuses its tokens from now on."""
        await self._service.delete(service, actor(exchange))
        return reply.empty()
