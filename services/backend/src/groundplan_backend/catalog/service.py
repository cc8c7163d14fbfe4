"""Reads of the catalog, through the cache, and changes of its annotations.

What is read is made into bytes once and travels so from PostgreSQL's rows over Redis to the
client; a cached answer is never decoded here.
"""

import re
import uuid
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.catalog import repository, schemas
from groundplan_backend.errors import NotFound
from groundplan_backend.http import precondition, reply
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.idempotency.service import Claim, Idempotency
from groundplan_backend.postgres.pool import Connection, Pool
from groundplan_backend.redis.cache import KEEP_FOR, Answer, Cache

Headers = dict[bytes, bytes]

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
KEEP_SEARCH_FOR: Final = 60
"""Seconds; words of clients must not fill Redis."""
_START: Final = (datetime(1970, 1, 1, tzinfo=UTC), UUID(int=0))


class CatalogService:
    """The platform's components, environments and annotations."""

    def __init__(
        self,
        pool: Pool,
        cache: Cache,
        annotations: Cache,
        idempotency: Idempotency,
        cursors: Cursors,
    ) -> None:
        self._pool = pool
        self._cache = cache
        self._annotations = annotations
        self._idempotency = idempotency
        self._cursors = cursors

    async def platform(self, *, fresh: bool) -> Answer:
        """Return the platform with its tiers and arrows."""
        return await self._document("platform", fresh)

    async def environments(self, *, fresh: bool) -> Answer:
        """Return the environments."""
        return await self._document("environments", fresh)

    async def bills(self, *, fresh: bool) -> Answer:
        """Return what the environments would cost."""
        return await self._document("bills", fresh)

    async def services(self, query: schemas.ServiceQuery, *, fresh: bool) -> Answer:
        """Return a page of components."""
        listing = f"services:{query.tier or ''}:{query.kind or ''}:{query.q or ''}"
        after = self._cursors.read(listing, query.after) if query.after else ""

        async def load() -> bytes:
            rows = await repository.list_services(self._pool, query, after, query.limit + 1)
            items = [_service(row) for row in rows[: query.limit]]
            more = len(rows) > query.limit
            following = self._cursors.write(listing, items[-1].name) if more else None
            return reply.encode(schemas.ServicePage(items=items, next=following))

        key = f"{listing}:{query.limit}:{after}"
        keep_for = KEEP_SEARCH_FOR if query.q else KEEP_FOR
        return await self._cache.read(key, load, fresh=fresh, keep_for=keep_for)

    async def service(self, name: str, *, fresh: bool) -> Answer:
        """Return one component with all its details.

        Raises:
            NotFound: there is no such component.
        """
        _check(name)

        async def load() -> bytes:
            document = await repository.read_service(self._pool, name)
            if document is None:
                raise NotFound(f"there is no service {name!r}")
            return document

        return await self._cache.read(f"service:{name}", load, fresh=fresh)

    async def annotations(
        self, service: str, query: schemas.AnnotationQuery, *, fresh: bool
    ) -> Answer:
        """Return a page of a component's annotations.

        Raises:
            NotFound: there is no such component.
        """
        _check(service)
        listing = f"annotations:{service}"
        after = _place(self._cursors.read(listing, query.after)) if query.after else _START

        async def load() -> bytes:
            rows = await repository.list_annotations(self._pool, service, after, query.limit + 1)
            if not rows and not await repository.service_exists(self._pool, service):
                raise NotFound(f"there is no service {service!r}")
            items = [schemas.Annotation(**row) for row in rows[: query.limit]]
            more = len(rows) > query.limit
            following = self._cursors.write(listing, _key(items[-1])) if more else None
            return reply.encode(schemas.AnnotationPage(items=items, next=following))

        key = f"{service}:{query.limit}:{after[1]}"
        return await self._annotations.read(key, load, fresh=fresh)

    async def annotation(self, annotation: UUID, *, fresh: bool) -> Answer:
        """Return one annotation.

        Raises:
            NotFound: there is none.
        """

        async def load() -> bytes:
            return _encoded(await repository.read_annotation(self._pool, annotation))

        return await self._annotations.read(str(annotation), load, fresh=fresh)

    async def annotate(
        self, service: str, text: schemas.AnnotationText, key: str | None, actor: Actor
    ) -> bytes:
        """Add an annotation and return it as JSON.

        Raises:
            NotFound: there is no such component.
        """
        _check(service)

        async def insert(connection: Connection) -> bytes:
            row = await repository.insert_annotation(
                connection, uuid.uuid4(), service, text, actor.subject
            )
            if row is None:
                raise NotFound(f"there is no service {service!r}")
            detail: dict[str, object] = {"service": service, "key": text.key}
            event = Event("annotation.create", str(row["id"]), detail)
            await audit.record(connection, actor, event)
            return _encoded(row)

        route = f"POST annotations of {service}"
        claim = Claim(actor.subject, route, key, reply.encode(text)) if key else None
        created = await self._idempotency.create(claim, insert)
        await self._annotations.invalidate()
        return created

    async def reword(
        self, annotation: UUID, text: schemas.AnnotationText, headers: Headers, actor: Actor
    ) -> bytes:
        """Replace what an annotation says and return it as JSON.

        Raises:
            NotFound: there is none.
            PreconditionFailed: it has changed since `If-Match`.
        """
        async with self._pool.transaction() as connection:
            before = await _locked(connection, annotation, headers)
            changed = _encoded(await repository.update_annotation(connection, annotation, text))
            after = {"key": text.key, "value": text.value, "url": text.url}
            event = Event("annotation.update", str(annotation), {}, dict(before), after)
            await audit.record(connection, actor, event)
        await self._annotations.invalidate()
        return changed

    async def remove(self, annotation: UUID, headers: Headers, actor: Actor) -> None:
        """Delete an annotation.

        Raises:
            NotFound: there is none.
            PreconditionFailed: it has changed since `If-Match`.
        """
        async with self._pool.transaction() as connection:
            before = await _locked(connection, annotation, headers)
            service = await repository.delete_annotation(connection, annotation)
            detail = {"service": service}
            event = Event("annotation.delete", str(annotation), detail, dict(before))
            await audit.record(connection, actor, event)
        await self._annotations.invalidate()

    async def _document(self, name: str, fresh: bool) -> Answer:
        async def load() -> bytes:
            document = await repository.read_document(self._pool, name)
            if document is None:
                raise NotFound("the catalog is not loaded yet")
            return document

        return await self._cache.read(name, load, fresh=fresh)


async def _locked(connection: Connection, annotation: UUID, headers: Headers) -> Any:
    """Return what an annotation says, which nobody changes until the transaction ends."""
    before = await repository.lock_annotation(connection, annotation)
    shown = _encoded(await repository.read_annotation(connection, annotation))
    precondition.check(headers, precondition.of(shown))
    return before


def _check(name: str) -> None:
    if _NAME.fullmatch(name) is None:
        raise NotFound("no service has such a name")


def _service(row: Any) -> schemas.Service:
    name, kind, tier, description, least, most, calls, source = row
    return schemas.Service(
        name=name,
        kind=kind,
        tier=tier,
        description=description,
        replicas=schemas.Replicas(min=least, max=most),
        calls=calls,
        source=source,
    )


def _encoded(row: Any) -> bytes:
    if row is None:
        raise NotFound("there is no such annotation")
    return reply.encode(schemas.Annotation(**row))


def _key(last: schemas.Annotation) -> str:
    return f"{last.created_at.isoformat()} {last.id}"


def _place(key: str) -> tuple[datetime, UUID]:
    created_at, annotation = key.split(" ")
    return datetime.fromisoformat(created_at), UUID(annotation)
