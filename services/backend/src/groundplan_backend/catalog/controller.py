"""Routes of the catalog: the platform, its services, their live state and annotations."""

from uuid import UUID

from groundplan_backend.audit.service import Actor
from groundplan_backend.catalog import schemas
from groundplan_backend.catalog.service import CatalogService
from groundplan_backend.catalog.state import LiveState
from groundplan_backend.errors import PreconditionFailed
from groundplan_backend.http import precondition, reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_contracts.identity import Role

_PREFIX = "/api/v1/catalog"
_SERVICE = f"{_PREFIX}/services/{{name:str}}"
_ANNOTATION = f"{_PREFIX}/annotations/{{annotation:uuid}}"


class CatalogController:
    """Answers for `/api/v1/catalog`."""

    def __init__(self, service: CatalogService, state: LiveState) -> None:
        self._service = service
        self._state = state

    @operation(
        "GET",
        f"{_PREFIX}/platform",
        "Read the platform: zones, tiers and arrows",
        role=Role.VIEWER,
        scope="catalog",
        answer=schemas.Platform,
        cached=True,
    )
    async def read_platform(self, exchange: Exchange) -> Reply:
        """Read the platform."""
        return reply.cached(await self._service.platform(fresh=exchange.wants_fresh))

    @operation(
        "GET",
        f"{_PREFIX}/environments",
        "List the environments",
        role=Role.VIEWER,
        scope="catalog",
        answer=schemas.EnvironmentPage,
        cached=True,
    )
    async def list_environments(self, exchange: Exchange) -> Reply:
        """List in the file's order."""
        return reply.cached(await self._service.environments(fresh=exchange.wants_fresh))

    @operation(
        "GET",
        f"{_PREFIX}/bills",
        "List what the environments would cost at AWS in a month",
        role=Role.VIEWER,
        scope="catalog",
        answer=schemas.BillPage,
        cached=True,
    )
    async def list_bills(self, exchange: Exchange) -> Reply:
        """List in the file's order."""
        return reply.cached(await self._service.bills(fresh=exchange.wants_fresh))

    @operation(
        "GET",
        f"{_PREFIX}/state",
        "Read the live state of every replica",
        role=Role.VIEWER,
        scope="catalog",
        answer=schemas.State,
    )
    async def read_state(self, exchange: Exchange) -> Reply:
        """Read what the runner reports."""
        return reply.json(self._state.read())

    @operation(
        "GET",
        f"{_PREFIX}/services",
        "List, filter and search the services",
        role=Role.VIEWER,
        scope="catalog",
        query=schemas.ServiceQuery,
        answer=schemas.ServicePage,
        cached=True,
    )
    async def list_services(self, exchange: Exchange, query: schemas.ServiceQuery) -> Reply:
        """List by name."""
        return reply.cached(await self._service.services(query, fresh=exchange.wants_fresh))

    @operation(
        "GET",
        _SERVICE,
        "Read a service",
        role=Role.VIEWER,
        scope="catalog",
        answer=schemas.ServiceDetail,
        cached=True,
    )
    async def read_service(self, exchange: Exchange, name: str) -> Reply:
        """Read one."""
        return reply.cached(await self._service.service(name, fresh=exchange.wants_fresh))

    @operation(
        "GET",
        f"{_SERVICE}/annotations",
        "List the annotations of a service",
        role=Role.VIEWER,
        scope="catalog",
        query=schemas.AnnotationQuery,
        answer=schemas.AnnotationPage,
        cached=True,
    )
    async def list_annotations(
        self, exchange: Exchange, name: str, query: schemas.AnnotationQuery
    ) -> Reply:
        """List, oldest first."""
        fresh = exchange.wants_fresh
        return reply.cached(await self._service.annotations(name, query, fresh=fresh))

    @operation(
        "POST",
        f"{_SERVICE}/annotations",
        "Annotate a service",
        role=Role.OPERATOR,
        status=201,
        body=schemas.AnnotationText,
        answer=schemas.Annotation,
        idempotent=True,
    )
    async def create_annotation(
        self, exchange: Exchange, name: str, body: schemas.AnnotationText, key: str | None
    ) -> Reply:
        """Create."""
        created = await self._service.annotate(name, body, key, _actor(exchange))
        return reply.json_bytes(created, status=201, headers=[_version(created)])

    @operation(
        "GET",
        _ANNOTATION,
        "Read an annotation",
        role=Role.VIEWER,
        scope="catalog",
        answer=schemas.AnnotationDetail,
        cached=True,
    )
    async def read_annotation(self, exchange: Exchange, annotation: UUID) -> Reply:
        """Read one."""
        fresh = exchange.wants_fresh
        answer = await self._service.annotation(annotation, fresh=fresh)
        return reply.cached(answer, headers=[_version(answer.body)])

    @operation(
        "PUT",
        _ANNOTATION,
        "Replace what an annotation says",
        role=Role.OPERATOR,
        body=schemas.AnnotationText,
        answer=schemas.Annotation,
        errors=(PreconditionFailed,),
        reads=precondition.READS,
    )
    async def update_annotation(
        self, exchange: Exchange, annotation: UUID, body: schemas.AnnotationText
    ) -> Reply:
        """Replace."""
        by = _actor(exchange)
        changed = await self._service.reword(annotation, body, exchange.headers, by)
        return reply.json_bytes(changed, headers=[_version(changed)])

    @operation(
        "DELETE",
        _ANNOTATION,
        "Delete an annotation",
        role=Role.OPERATOR,
        status=204,
        errors=(PreconditionFailed,),
        reads=precondition.READS,
    )
    async def delete_annotation(self, exchange: Exchange, annotation: UUID) -> Reply:
        """Delete."""
        await self._service.remove(annotation, exchange.headers, _actor(exchange))
        return reply.empty()


def _version(body: bytes) -> reply.Header:
    return precondition.etag(precondition.of(body))


def _actor(exchange: Exchange) -> Actor:
    return Actor.of(exchange)
