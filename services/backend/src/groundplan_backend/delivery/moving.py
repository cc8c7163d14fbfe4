"""Takes a deployment to its next state, with all that follows from it, in one transaction."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.delivery import events, repository, states
from groundplan_backend.delivery.schemas import State
from groundplan_backend.errors import NotFound
from groundplan_backend.postgres.pool import Connection


@dataclass(frozen=True, slots=True)
class Mover:
    """Who takes the step, and as which agent where it is one."""

    actor: Actor
    agent: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A locked deployment, where it goes and why."""

    row: Any
    to: State
    reason: str


async def lock(connection: Connection, deployment: UUID) -> Any:
    """Return a deployment that stays as it is until the transaction ends.

    Raises:
        NotFound: there is none.
    """
    row = await repository.lock_deployment(connection, deployment)
    if row is None:
        raise NotFound("there is no such deployment")
    return row


async def enter(
    connection: Connection, mover: Mover, row: Any, to: State, reason: str
) -> list[Step]:
    """Take a locked deployment to a state; a rollback that is live takes back what it replaces.

    Returns the steps to `tell`, last of all in the transaction.

    Raises:
        Conflict: another deployment is at one of its services.
    """
    steps = [Step(row, to, reason)]
    if to == "live" and row["rollback_of"]:
        former = await repository.lock_deployment(connection, row["rollback_of"])
        if former["state"] in ("live", "failed"):
            steps.append(Step(former, "rolled_back", f"replaced by {row['id']}"))
    await write(connection, steps)
    await record(connection, mover, steps)
    return steps


async def write(connection: Connection, steps: list[Step]) -> None:
    """Change the rows of deployments, before anything is recorded (see `events` on locks).

    Raises:
        Conflict: another deployment is at one of the services.
    """
    for step in steps:
        await _write(connection, step)


async def record(connection: Connection, mover: Mover, steps: list[Step]) -> None:
    """Add the steps to the audit record."""
    for step in steps:
        await _record(connection, mover, step)


async def tell(connection: Connection, mover: Mover, steps: list[Step]) -> None:
    """Append the steps to the events, last in the transaction."""
    for step in steps:
        await _tell(connection, mover, step)


async def _write(connection: Connection, step: Step) -> None:
    deployment, was, to = step.row["id"], step.row["state"], step.to
    finished = to in states.FINISHED
    await repository.move(connection, deployment, to, step.reason, finished=finished)
    if to == "live":
        await repository.mark_live(connection, deployment)
    elif to in states.BUSY and was not in states.BUSY:
        await repository.begin_parts(connection, deployment)
    elif was in states.BUSY and to not in states.BUSY:
        await repository.end_parts(connection, deployment)


async def _record(connection: Connection, mover: Mover, step: Step) -> None:
    detail: dict[str, Any] = {"environment": step.row["environment"], "reason": step.reason}
    if mover.agent:
        detail["agent"] = mover.agent
    event = Event(
        f"deployment.{step.to}",
        str(step.row["id"]),
        detail,
        before={"state": step.row["state"]},
        after={"state": step.to},
    )
    await audit.record(connection, mover.actor, event)


async def _tell(connection: Connection, mover: Mover, step: Step) -> None:
    row = step.row
    await events.append(
        connection,
        mover.actor,
        "deployment.state",
        row["services"],
        environment=row["environment"],
        deployment=row["id"],
        by=mover.agent,
        state=step.to,
        previous=row["state"],
        reason=step.reason,
    )
