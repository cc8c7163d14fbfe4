"""Requests and reads deployments, and goes back to former releases."""

import uuid
from typing import Any, Final
from uuid import UUID

from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.delivery import (
    event_repository,
    event_schemas,
    events,
    moving,
    reading,
    repository,
    schemas,
)
from groundplan_backend.delivery.environments import Environments
from groundplan_backend.delivery.feed import Feed
from groundplan_backend.delivery.release_service import key_of, place
from groundplan_backend.delivery.repository import NEWEST
from groundplan_backend.errors import Conflict, InvalidRequest
from groundplan_backend.http import reply
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.idempotency.service import Claim, Create, Idempotency
from groundplan_backend.postgres.pool import Connection, Pool
from groundplan_contracts.problem import FieldError

INFRASTRUCTURE: Final = "*"
"""Stands for the service that a deployment of infrastructure changes."""


class DeploymentService:
    """What is delivered where."""

    def __init__(
        self,
        pool: Pool,
        feed: Feed,
        environments: Environments,
        idempotency: Idempotency,
        cursors: Cursors,
    ) -> None:
        self._pool = pool
        self._feed = feed
        self._environments = environments
        self._idempotency = idempotency
        self._cursors = cursors

    async def deployments(self, query: schemas.DeploymentQuery) -> schemas.DeploymentPage:
        """Return a page of deployments, latest first."""
        filters = (query.environment or "", query.service or "", query.state or "")
        listing = ":".join(("deployments", *filters))
        after = place(self._cursors.read(listing, query.after)) if query.after else NEWEST
        rows = await repository.list_deployments(self._pool, query, after, query.limit + 1)
        items = [schemas.Deployment(**row) for row in rows[: query.limit]]
        more = len(rows) > query.limit
        following = self._cursors.write(listing, key_of(items[-1])) if more else None
        return schemas.DeploymentPage(items=items, next=following)

    async def deployment(self, deployment: UUID) -> schemas.DeploymentDetail:
        """Return one deployment.

        Raises:
            NotFound: there is none.
        """
        async with self._pool.connection() as connection:
            return await reading.detail(connection, deployment)

    async def environments(self) -> schemas.DeliveryEnvironmentPage:
        """Return every environment with what is live in it and what is on its way."""
        approvals = await self._environments.approvals()
        async with self._pool.connection() as connection:
            shown = await reading.live(connection)
        items = [
            schemas.DeliveryEnvironment(name=name, approvals=number, services=shown.get(name, []))
            for name, number in approvals.items()
        ]
        return schemas.DeliveryEnvironmentPage(items=items, next=None)

    async def events(self, deployment: UUID, query: event_schemas.EventQuery) -> bytes:
        """Return a page of a deployment's events as JSON, oldest first.

        Raises:
            NotFound: there is no such deployment.
        """
        listing = f"events:{deployment}"
        after = int(self._cursors.read(listing, query.after)) if query.after else 0
        rows = await event_repository.of_deployment(self._pool, deployment, after, query.limit + 1)
        if not rows:
            await self.deployment(deployment)
        kept = rows[: query.limit]
        more = len(rows) > query.limit
        following = self._cursors.write(listing, str(kept[-1]["id"])) if more else None
        items = b",".join(row["body"] for row in kept)
        return b'{"items":[%b],"next":%b}' % (items, reply.encode(following))

    async def create(self, new: schemas.NewDeployment, key: str | None, actor: Actor) -> bytes:
        """Request a deployment and return it as JSON.

        Raises:
            InvalidRequest: there is no such environment or release, or a service stands twice.
        """
        approvals = await self._environments.approvals_of(new.environment)

        async def insert(connection: Connection) -> bytes:
            parts = await _parts(connection, new)
            return await _insert(connection, actor, new, parts, approvals, None)

        return await self._create("POST deployments", reply.encode(new), key, actor, insert)

    async def roll_back(
        self, deployment: UUID, new: schemas.NewRollback, key: str | None, actor: Actor
    ) -> bytes:
        """Request the releases that a deployment has replaced, and return that as JSON.

        Raises:
            NotFound: there is no such deployment.
            Conflict: it is not what is live, or nothing was there before.
        """

        async def insert(connection: Connection) -> bytes:
            row = await moving.lock(connection, deployment)
            rows = await repository.list_parts(connection, deployment)
            if await repository.read_rollback(connection, deployment):
                raise Conflict("it is being rolled back already")
            if not reading.can_roll_back(row["state"], rows):
                raise Conflict("it is not what is live, or there is nothing to go back to")
            wanted = schemas.NewDeployment(
                environment=row["environment"],
                releases=[part["previous_id"] for part in rows],
                note=new.note,
            )
            parts: dict[str, UUID | None] = {one["service"]: one["previous_id"] for one in rows}
            return await _insert(connection, actor, wanted, parts, 0, deployment)

        route = f"POST rollbacks of {deployment}"
        return await self._create(route, reply.encode(new), key, actor, insert)

    async def attach(
        self, deployment: UUID, new: schemas.NewArtifact, actor: Actor
    ) -> schemas.DeploymentDetail:
        """Attach an artifact.

        Raises:
            NotFound: there is no such deployment.
        """
        async with self._pool.transaction() as connection:
            row = await moving.lock(connection, deployment)
            if await repository.attach(connection, deployment, new):
                await repository.touch(connection, deployment)
                await _record_attached(connection, actor, row, new)
            shown = await reading.detail(connection, deployment)
        await self._feed.announce()
        return shown

    async def _create(
        self, route: str, body: bytes, key: str | None, actor: Actor, work: Create
    ) -> bytes:
        claim = Claim(actor.subject, route, key, body) if key else None
        created = await self._idempotency.create(claim, work)
        await self._feed.announce()
        return created


async def _parts(connection: Connection, new: schemas.NewDeployment) -> dict[str, UUID | None]:
    if new.kind == "infrastructure":
        return {INFRASTRUCTURE: None}
    known = await repository.find_releases(connection, new.releases)
    faults = [
        FieldError(f"releases[{place}]", "there is no such release")
        for place, release in enumerate(new.releases)
        if release not in known
    ]
    if not faults and len(set(known.values())) < len(known):
        faults = [FieldError("releases", "two are of the same service")]
    if faults:
        raise InvalidRequest("the body is not as described", errors=faults)
    return {service: release for release, service in sorted(known.items(), key=lambda one: one[1])}


async def _insert(
    connection: Connection,
    actor: Actor,
    new: schemas.NewDeployment,
    parts: dict[str, UUID | None],
    approvals: int,
    rollback_of: UUID | None,
) -> bytes:
    deployment = uuid.uuid4()
    state: schemas.State = "awaiting_approval" if approvals else "planned"
    services = [name for name in parts if name != INFRASTRUCTURE]
    row = (
        *(deployment, new.environment, new.kind, services, state),
        *(new.note, actor.subject, approvals, rollback_of),
    )
    await repository.insert_deployment(connection, row, parts)
    detail = {"environment": new.environment, "services": services, "rollback_of": rollback_of}
    event = Event("deployment.create", str(deployment), detail, after={"state": state})
    await audit.record(connection, actor, event)
    shown = reply.encode(await reading.detail(connection, deployment))
    await events.append(
        connection,
        actor,
        "deployment.created",
        services,
        environment=new.environment,
        deployment=deployment,
        state=state,
        reason=new.note,
    )
    return shown


async def _record_attached(
    connection: Connection, actor: Actor, row: Any, new: schemas.NewArtifact
) -> None:
    deployment = row["id"]
    detail = {"artifact": new.artifact, "kind": new.kind}
    await audit.record(connection, actor, Event("deployment.attach", str(deployment), detail))
    await events.append(
        connection,
        actor,
        "deployment.artifact",
        row["services"],
        environment=row["environment"],
        deployment=deployment,
        artifact=new.artifact,
        kind=new.kind,
    )
