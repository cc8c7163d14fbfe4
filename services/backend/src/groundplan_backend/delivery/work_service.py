"""Hands deployments to agents under leases, and takes reports of how they go.

Two agents never have one deployment: it is taken under a row lock, and from then on only the
holder of the lease may report. When the lease ends, the next agent goes on from the state that
was reported last.
"""

import uuid
from typing import Any
from uuid import UUID

from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.delivery import events, moving, reading, repository, schemas, states
from groundplan_backend.delivery.feed import Feed
from groundplan_backend.delivery.moving import Mover
from groundplan_backend.delivery.schemas import DeploymentDetail
from groundplan_backend.errors import Conflict, IllegalTransition, LeaseLost
from groundplan_backend.http import precondition
from groundplan_backend.observability.metrics import Metrics
from groundplan_backend.postgres.pool import Connection, Pool


class WorkService:
    """What agents and workflows do to deployments."""

    def __init__(self, pool: Pool, feed: Feed, metrics: Metrics) -> None:
        self._pool = pool
        self._feed = feed
        self._entered = metrics.deployments

    async def take(self, question: schemas.WorkQuestion, actor: Actor) -> schemas.WorkAnswer:
        """Lease the agent what it should do next, or nothing."""
        try:
            async with self._pool.transaction() as connection:
                work = await _take(connection, question, actor)
        except Conflict:
            # Another agent was faster at the same service.
            work = None
        if work is not None:
            shown = work.deployment
            self._entered.labels(shown.environment, shown.state).inc()
            await self._feed.announce()
        return schemas.WorkAnswer(work=work)

    async def renew(self, deployment: UUID, renewal: schemas.LeaseRenewal) -> schemas.Lease:
        """Prolong a lease.

        Raises:
            LeaseLost: it has gone to another, or the deployment is finished.
        """
        async with self._pool.connection() as connection:
            until = await repository.renew(connection, deployment, renewal.lease, renewal.seconds)
        if until is None:
            raise LeaseLost("the deployment is not yours any more")
        return schemas.Lease(leased_until=until)

    async def move(
        self,
        deployment: UUID,
        new: schemas.NewTransition,
        headers: dict[bytes, bytes],
        actor: Actor,
    ) -> DeploymentDetail:
        """Take a step that was reported; the same step of the same lease again is no error.

        Raises:
            NotFound: there is no such deployment.
            PreconditionFailed: it has changed since `If-Match`.
            LeaseLost: an agent holds it and it is not the sender.
            IllegalTransition: it is in another state, or the step does not exist.
            Conflict: another deployment is at one of its services.
        """
        async with self._pool.transaction() as connection:
            row = await moving.lock(connection, deployment)
            mover, steps = Mover(actor, row["agent"] if new.lease else None), []
            if not _said_before(row, new):
                precondition.check(headers, row["revision"])
                _check_lease(row, new.lease)
                states.check(row["state"], new.expected, new.to)
                steps = await moving.enter(connection, mover, row, new.to, new.reason)
            shown = await reading.detail(connection, deployment)
            await moving.tell(connection, mover, steps)
        for step in steps:
            self._entered.labels(step.row["environment"], step.to).inc()
        await self._feed.announce()
        return shown

    async def progress(self, deployment: UUID, new: schemas.NewProgress, actor: Actor) -> None:
        """Tell how far it has come.

        Raises:
            NotFound: there is no such deployment.
            LeaseLost: an agent holds it and it is not the sender.
            IllegalTransition: nobody is at it.
        """
        async with self._pool.transaction() as connection:
            row = await moving.lock(connection, deployment)
            _check_lease(row, new.lease)
            if row["state"] not in states.BUSY:
                raise IllegalTransition(f"the deployment is {row['state']}; nobody is at it")
            await events.append(
                connection,
                actor,
                "deployment.progress",
                row["services"],
                environment=row["environment"],
                deployment=deployment,
                by=row["agent"] if new.lease else None,
                message=new.message,
                done=new.done,
                total=new.total,
            )
        await self._feed.announce()


async def _take(
    connection: Connection, question: schemas.WorkQuestion, actor: Actor
) -> schemas.Work | None:
    asked = question.environment, question.services or None
    deployment = await repository.next_abandoned(connection, *asked)
    is_abandoned = deployment is not None
    deployment = deployment or await repository.next_planned(connection, *asked)
    if deployment is None:
        return None
    row = await moving.lock(connection, deployment)
    token = uuid.uuid4()
    until = await repository.lease(connection, deployment, question.agent, token, question.seconds)
    mover = Mover(actor, question.agent)
    if is_abandoned:
        await _go_on(connection, mover, row)
        shown = await reading.detail(connection, deployment)
        await _tell_taken(connection, mover, row)
    else:
        steps = await moving.enter(connection, mover, row, "applying", "")
        shown = await reading.detail(connection, deployment)
        await moving.tell(connection, mover, steps)
    return schemas.Work(deployment=shown, lease=token, leased_until=until)


async def _go_on(connection: Connection, mover: Mover, row: Any) -> None:
    await repository.touch(connection, row["id"])
    detail = {"environment": row["environment"], "agent": mover.agent, "from": row["agent"]}
    event = Event("deployment.take", str(row["id"]), detail)
    await audit.record(connection, mover.actor, event)


async def _tell_taken(connection: Connection, mover: Mover, row: Any) -> None:
    await events.append(
        connection,
        mover.actor,
        "deployment.taken",
        row["services"],
        environment=row["environment"],
        deployment=row["id"],
        by=mover.agent,
        state=row["state"],
        reason=f"the lease of {row['agent']} ended",
    )


def _said_before(row: Any, new: schemas.NewTransition) -> bool:
    is_same = new.lease is not None and row["lease"] == new.lease
    return is_same and bool(row["state"] == new.to)


def _check_lease(row: Any, token: UUID | None) -> None:
    """Raise LeaseLost unless the sender holds the lease, or nobody does and it claims none."""
    if row["leased"] and row["lease"] != token:
        raise LeaseLost(f"{row['agent']} is at this deployment")
    if token is not None and row["lease"] != token:
        raise LeaseLost("the deployment is not yours any more")
