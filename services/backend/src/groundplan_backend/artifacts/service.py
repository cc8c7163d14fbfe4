"""Artifacts that are there: found, read, handed on, kept and deleted."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from groundplan_backend.artifacts import repository, schemas
from groundplan_backend.artifacts.links import Links
from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.errors import NotFound
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.objects.store import Objects
from groundplan_backend.postgres.pool import Pool


@dataclass(frozen=True, slots=True)
class Content:
    """An artifact's bytes, ready to be read."""

    artifact: schemas.Artifact
    parts: list[Any]
    objects: Objects

    async def read(self, start: int, end: int) -> AsyncIterator[bytes]:
        """Yield bytes `start` to `end` (not itself)."""
        begins = 0
        for part in self.parts:
            ends = begins + part["size"]
            if begins < end and start < ends:
                inside = (max(start - begins, 0), min(end, ends) - begins)
                async for piece in self.objects.read(part["object"], part["size"], *inside):
                    yield piece
            begins = ends


class ArtifactService:
    """Files that were checked."""

    def __init__(
        self, pool: Pool, objects: Objects, links: Links, cursors: Cursors, public_url: str
    ) -> None:
        self._pool = pool
        self._objects = objects
        self._links = links
        self._cursors = cursors
        self._public_url = public_url.rstrip("/")

    async def list(self, query: schemas.ArtifactQuery) -> schemas.ArtifactPage:
        """Return a page of artifacts, newest first."""
        listing = f"artifacts:{query.kind or ''}:{query.subject or ''}:{query.q or ''}"
        after = _place(self._cursors.read(listing, query.after)) if query.after else (None, None)
        rows = await repository.list_artifacts(self._pool, query, after, query.limit + 1)
        items = [_artifact(row) for row in rows[: query.limit]]
        more = len(rows) > query.limit
        following = self._cursors.write(listing, _key(items[-1])) if more else None
        return schemas.ArtifactPage(items=items, next=following)

    async def read(self, artifact: UUID) -> schemas.Artifact:
        """Return what is known of an artifact.

        Raises:
            NotFound: there is none.
        """
        return _artifact(await repository.read_artifact(self._pool, artifact))

    async def content(self, artifact: UUID) -> Content:
        """Return an artifact with its bytes.

        Raises:
            NotFound: there is none.
        """
        found = await self.read(artifact)
        parts = await repository.list_parts(self._pool, artifact)
        return Content(found, parts, self._objects)

    async def shared(self, artifact: UUID, signature: schemas.Signature) -> Content:
        """Return an artifact to whoever has a link.

        Raises:
            LinkEnded: the link has expired or is none of ours.
            NotFound: the artifact is not there any more.
        """
        self._links.check(artifact, signature.expires, signature.signature)
        return await self.content(artifact)

    async def link(self, artifact: UUID, new: schemas.NewLink, actor: Actor) -> schemas.Link:
        """Make a link.

        Raises:
            NotFound: there is no such artifact.
        """
        expires = int(time.time()) + new.expires_in
        until = datetime.fromtimestamp(expires, UTC)
        async with self._pool.transaction() as connection:
            found = _artifact(await repository.read_artifact(connection, artifact))
            detail: dict[str, object] = {"name": found.name, "until": until.isoformat()}
            await audit.record(connection, actor, Event("artifact.link", str(artifact), detail))
        signature = self._links.sign(artifact, expires)
        path = f"/api/v1/artifacts/shared/{artifact}?expires={expires}&signature={signature}"
        return schemas.Link(url=self._public_url + path, expires_at=until)

    async def keep(
        self, artifact: UUID, keeping: schemas.Keeping, actor: Actor
    ) -> schemas.Artifact:
        """Count an artifact's days from now.

        Raises:
            NotFound: there is none.
        """
        async with self._pool.transaction() as connection:
            await repository.keep_artifact(connection, artifact, keeping.keep_days)
            found = _artifact(await repository.read_artifact(connection, artifact))
            detail: dict[str, object] = {"name": found.name, "keep_days": keeping.keep_days}
            await audit.record(connection, actor, Event("artifact.keep", str(artifact), detail))
        return found

    async def delete(self, artifact: UUID, actor: Actor) -> None:
        """Delete an artifact.

        Raises:
            NotFound: there is none.
        """
        async with self._pool.transaction() as connection:
            found = _artifact(await repository.read_artifact(connection, artifact))
            await repository.delete(connection, [artifact])
            event = Event("artifact.delete", str(artifact), {"name": found.name})
            await audit.record(connection, actor, event)


def _artifact(row: Any) -> schemas.Artifact:
    if row is None:
        raise NotFound("there is no such artifact")
    return schemas.Artifact(**{**row, "sha256": row["sha256"].hex()})


def _key(last: schemas.Artifact) -> str:
    return f"{last.created_at.isoformat()} {last.id}"


def _place(key: str) -> tuple[datetime, UUID]:
    created_at, artifact = key.split(" ")
    return datetime.fromisoformat(created_at), UUID(artifact)
