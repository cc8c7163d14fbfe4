"""Decides on deployments with four eyes: who requests one never counts."""

from typing import Any
from uuid import UUID

from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.delivery import events, moving, reading, repository, schemas
from groundplan_backend.delivery.feed import Feed
from groundplan_backend.delivery.moving import Mover
from groundplan_backend.delivery.schemas import DeploymentDetail, State
from groundplan_backend.errors import IllegalTransition, OwnRequest
from groundplan_backend.http import precondition
from groundplan_backend.postgres.pool import Connection, Pool


class ApprovalService:
    """Approvals and rejections."""

    def __init__(self, pool: Pool, feed: Feed) -> None:
        self._pool = pool
        self._feed = feed

    async def decide(
        self,
        deployment: UUID,
        new: schemas.NewApproval,
        headers: dict[bytes, bytes],
        actor: Actor,
    ) -> DeploymentDetail:
        """Note a decision; enough approvals make the deployment planned, a rejection ends it.

        Raises:
            NotFound: there is no such deployment.
            OwnRequest: the caller has requested it.
            IllegalTransition: it does not await approval.
            PreconditionFailed: it has changed since `If-Match`.
        """
        async with self._pool.transaction() as connection:
            row = await moving.lock(connection, deployment)
            precondition.check(headers, row["revision"])
            if str(row["requested_by"]) == actor.subject:
                raise OwnRequest("another person must decide on what you have requested")
            if row["state"] != "awaiting_approval":
                raise IllegalTransition(f"the deployment is {row['state']}; nothing is to decide")
            await repository.decide(connection, deployment, actor.subject, new)
            given = await repository.count_approvals(connection, deployment, row["requested_by"])
            await _follow(connection, actor, row, new, given)
            shown = await reading.detail(connection, deployment)
        await self._feed.announce()
        return shown


async def _follow(
    connection: Connection, actor: Actor, row: Any, new: schemas.NewApproval, given: int
) -> None:
    """Record the decision, and take the step that it leads to."""
    to = _next(row, new, given)
    if to is None:
        await repository.touch(connection, row["id"])
    detail = {"environment": row["environment"], "note": new.note}
    event = Event(f"deployment.{new.decision}", str(row["id"]), detail)
    moved = [moving.Step(row, to, new.note)] if to else []
    await moving.write(connection, moved)
    await audit.record(connection, actor, event)
    await moving.record(connection, Mover(actor), moved)
    await events.append(
        connection,
        actor,
        "deployment.approval",
        row["services"],
        environment=row["environment"],
        deployment=row["id"],
        decision=new.decision,
        reason=new.note,
    )
    await moving.tell(connection, Mover(actor), moved)


def _next(row: Any, new: schemas.NewApproval, given: int) -> State | None:
    if new.decision == "reject":
        return "failed"
    return "planned" if given >= row["approvals_required"] else None
