"""Records what was done; the caller passes the connection of the change's own transaction."""

import json
from dataclasses import dataclass, field

from groundplan_backend.audit import repository
from groundplan_backend.postgres.pool import Connection


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, from where, in which request; `subject` is a user id or an e-mail address."""

    subject: str
    address: str
    request_id: str


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done to a target, in words that stay the same: `user.create`."""

    action: str
    target: str
    detail: dict[str, object] = field(default_factory=dict)


async def record(connection: Connection, actor: Actor, event: Event) -> None:
    """Add an event; if it cannot be written, the change it belongs to fails as well."""
    await repository.insert(
        connection,
        (actor.subject, event.action, event.target, json.dumps(event.detail)),
        (actor.address, actor.request_id),
    )
