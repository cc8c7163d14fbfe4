"""Registers and reads releases."""

import uuid
from datetime import datetime
from typing import Any
from uuid import UUID

from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.delivery import events, repository, schemas
from groundplan_backend.delivery.feed import Feed
from groundplan_backend.delivery.repository import NEWEST, Place
from groundplan_backend.errors import Conflict, NotFound
from groundplan_backend.http import reply
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.idempotency.service import Claim, Idempotency
from groundplan_backend.postgres.pool import Connection, Pool


class ReleaseService:
    """The builds that can be deployed."""

    def __init__(self, pool: Pool, feed: Feed, idempotency: Idempotency, cursors: Cursors) -> None:
        self._pool = pool
        self._feed = feed
        self._idempotency = idempotency
        self._cursors = cursors

    async def releases(self, query: schemas.ReleaseQuery) -> schemas.ReleasePage:
        """Return a page of releases, latest first."""
        service = query.service or None
        listing = f"releases:{service or ''}"
        after = place(self._cursors.read(listing, query.after)) if query.after else NEWEST
        rows = await repository.list_releases(self._pool, service, after, query.limit + 1)
        items = [schemas.Release(**row) for row in rows[: query.limit]]
        more = len(rows) > query.limit
        following = self._cursors.write(listing, key_of(items[-1])) if more else None
        return schemas.ReleasePage(items=items, next=following)

    async def release(self, release: UUID) -> schemas.Release:
        """Return one release.

        Raises:
            NotFound: there is none.
        """
        row = await repository.read_release(self._pool, release)
        if row is None:
            raise NotFound("there is no such release")
        return schemas.Release(**row)

    async def create(self, new: schemas.NewRelease, key: str | None, actor: Actor) -> bytes:
        """Register a release and return it as JSON; one that is known is returned as it stands.

        Raises:
            Conflict: the version stands for another digest.
        """

        async def insert(connection: Connection) -> bytes:
            release = uuid.uuid4()
            is_new = await repository.insert_release(connection, release, new, actor.subject)
            row = await repository.read_version(connection, new.service, new.version)
            if row["digest"] != new.digest:
                raise Conflict(f"{new.service} {new.version} stands for another digest")
            if is_new:
                await _record(connection, actor, row)
            return reply.encode(schemas.Release(**row))

        claim = Claim(actor.subject, "POST releases", key, reply.encode(new)) if key else None
        created = await self._idempotency.create(claim, insert)
        await self._feed.announce()
        return created


async def _record(connection: Connection, actor: Actor, row: Any) -> None:
    detail = {name: row[name] for name in ("service", "version", "digest")}
    await audit.record(connection, actor, Event("release.create", str(row["id"]), detail))
    await events.append(
        connection,
        actor,
        "release.created",
        [row["service"]],
        release=row["id"],
        version=row["version"],
    )


def key_of(last: schemas.Release | schemas.Deployment) -> str:
    """Return what a list goes on after."""
    return f"{last.created_at.isoformat()} {last.id}"


def place(key: str) -> Place:
    """Read what `key_of` has written."""
    created_at, number = key.split(" ")
    return datetime.fromisoformat(created_at), UUID(number)
