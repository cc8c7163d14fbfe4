"""Appends what happened, as the last thing in the transaction of what made it happen.

The number of an event is given under a lock that ends with the transaction, so that numbers
have no gaps and grow in the order in which they can be seen: who has read up to a number has
missed nothing before it. Every change takes its locks in this order: its own rows, the audit
record, the events.
"""

from uuid import UUID

from msgspec import UNSET

from groundplan_backend.audit.service import Actor
from groundplan_backend.delivery import event_repository
from groundplan_backend.delivery.event_schemas import DeliveryEvent, Type
from groundplan_backend.http import reply
from groundplan_backend.postgres.pool import Connection
from groundplan_backend.webhooks import service as webhooks


async def append(
    connection: Connection,
    actor: Actor,
    kind: Type,
    services: list[str],
    /,
    *,
    environment: str | None = None,
    deployment: UUID | None = None,
    by: str | None = None,
    **detail: object,
) -> None:
    """Append one event and queue it for the webhooks; `by` is for agents, else the actor's.

    `detail` is any other field of `DeliveryEvent`.
    """
    row = await event_repository.begin(connection, actor.subject)
    event = DeliveryEvent(
        id=row["id"],
        at=row["at"],
        type=kind,
        by=by or row["by"] or "",
        services=services,
        environment=environment or UNSET,
        deployment=deployment or UNSET,
        **detail,  # type: ignore[arg-type]
    )
    body = reply.encode(event)
    await event_repository.insert(
        connection, (event.id, event.at, kind, environment, services, deployment, body)
    )
    await webhooks.enqueue(connection, event.id, kind, environment, body)
