"""Routes of API tokens: one's own, and those of others for administrators."""

from uuid import UUID

from groundplan_backend.errors import Conflict, Forbidden
from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_backend.identity.api_tokens import schemas
from groundplan_backend.identity.api_tokens.service import ApiTokenService
from groundplan_backend.identity.controller import actor
from groundplan_contracts.identity import Role

_OWN = "/api/v1/identity/tokens"
_OF_USER = "/api/v1/identity/users/{user:uuid}/tokens"
_OF_SERVICE = "/api/v1/identity/service-identities/{service:uuid}/tokens"


class ApiTokenController:
    """Answers for API tokens."""

    def __init__(self, service: ApiTokenService) -> None:
        self._service = service

    @operation(
        "GET",
        _OWN,
        "List the caller's API tokens",
        role=Role.VIEWER,
        query=schemas.ApiTokenQuery,
        answer=schemas.ApiTokenPage,
    )
    async def list_tokens(self, exchange: Exchange, query: schemas.ApiTokenQuery) -> Reply:
        """List the latest first, ended ones too."""
        return reply.json(await self._service.list(exchange.signed_in().subject, query))

    @operation(
        "POST",
        _OWN,
        "Create an API token for the caller",
        role=Role.VIEWER,
        step_up=True,
        status=201,
        body=schemas.NewApiToken,
        answer=schemas.CreatedApiToken,
        idempotent=True,
        errors=(Conflict,),
    )
    async def create_token(
        self, exchange: Exchange, body: schemas.NewApiToken, key: str | None
    ) -> Reply:
        """Create with the caller's role; the secret is shown this once."""
        owner = exchange.signed_in().subject
        made = await self._service.create(owner, "person", body, key, actor(exchange))
        return reply.json(made, status=201)

    @operation(
        "DELETE",
        f"{_OWN}/{{token:uuid}}",
        "Revoke one of the caller's API tokens",
        role=Role.VIEWER,
        status=204,
    )
    async def revoke_token(self, exchange: Exchange, token: UUID) -> Reply:
        """Revoke; every gateway refuses it from now on."""
        await self._service.revoke(exchange.signed_in().subject, token, actor(exchange))
        return reply.empty()

    @operation(
        "GET",
        _OF_USER,
        "List the API tokens of a user",
        role=Role.ADMINISTRATOR,
        query=schemas.ApiTokenQuery,
        answer=schemas.ApiTokenPage,
    )
    async def list_user_tokens(
        self, exchange: Exchange, user: UUID, query: schemas.ApiTokenQuery
    ) -> Reply:
        """List the latest first."""
        return reply.json(await self._service.list(str(user), query))

    @operation(
        "DELETE",
        f"{_OF_USER}/{{token:uuid}}",
        "Revoke an API token of a user",
        role=Role.ADMINISTRATOR,
        status=204,
    )
    async def revoke_user_token(self, exchange: Exchange, user: UUID, token: UUID) -> Reply:
        """Revoke; every gateway refuses it from now on."""
        await self._service.revoke(str(user), token, actor(exchange))
        return reply.empty()

    @operation(
        "GET",
        _OF_SERVICE,
        "List the API tokens of a service identity",
        role=Role.ADMINISTRATOR,
        query=schemas.ApiTokenQuery,
        answer=schemas.ApiTokenPage,
    )
    async def list_service_tokens(
        self, exchange: Exchange, service: UUID, query: schemas.ApiTokenQuery
    ) -> Reply:
        """List the latest first."""
        return reply.json(await self._service.list(str(service), query))

    @operation(
        "POST",
        _OF_SERVICE,
        "Create an API token for a service identity",
        role=Role.ADMINISTRATOR,
        step_up=True,
        status=201,
        body=schemas.NewApiToken,
        answer=schemas.CreatedApiToken,
        idempotent=True,
        errors=(Conflict, Forbidden),
    )
    async def create_service_token(
        self, exchange: Exchange, service: UUID, body: schemas.NewApiToken, key: str | None
    ) -> Reply:
        """Create with the service's role; the secret is shown this once."""
        made = await self._service.create(str(service), "service", body, key, actor(exchange))
        return reply.json(made, status=201)

    @operation(
        "DELETE",
        f"{_OF_SERVICE}/{{token:uuid}}",
        "Revoke an API token of a service identity",
        role=Role.ADMINISTRATOR,
        status=204,
    )
    async def revoke_service_token(self, exchange: Exchange, service: UUID, token: UUID) -> Reply:
        """Revoke; every gateway refuses it from now on."""
        await self._service.revoke(str(service), token, actor(exchange))
        return reply.empty()
