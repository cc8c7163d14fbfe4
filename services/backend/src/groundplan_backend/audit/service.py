"""Records what was done; the caller passes the connection of the change's own transaction."""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Self

import msgspec

from groundplan_backend.audit import repository
from groundplan_backend.audit.signing import Content, Signer, new_id
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.postgres.pool import Connection
from groundplan_backend.settings import Secret

BACKEND: Final = "backend"
"""The actor of what nobody asked for."""
LARGEST: Final = 16_384
"""Bytes of JSON that a detail, a before or an after may have."""
_LONGEST: Final = 512

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, from where, in which request; `subject` is a user id or an e-mail address."""

    subject: str
    address: str
    request_id: str
    trace_id: str = ""

    @classmethod
    def of(cls, exchange: Exchange) -> Self:
        """Return the caller of a request that has one."""
        return cls(
            exchange.signed_in().subject,
            exchange.address,
            exchange.request_id.decode("latin-1"),
            exchange.trace_id,
        )


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done to a target, in words that stay the same: `user.create`.

    `before` and `after` are what a change found and left, secrets aside; `outcome` is `done`,
    `refused` or `failed`.
    """

    action: str
    target: str
    detail: Facts = field(default_factory=dict)
    before: Facts | None = None
    after: Facts | None = None
    outcome: str = "done"


class _Process:
    """Who signs what this process records; before somebody is named, nobody can check it."""

    signer = Signer(Secret(os.urandom(32).hex()))


def sign_with(signer: Signer) -> None:
    """Let this process sign what it records."""
    _Process.signer = signer


async def record(connection: Connection, actor: Actor, event: Event) -> None:
    """Add an event; if it cannot be written, the change it belongs to fails as well."""
    at = datetime.now(UTC)
    content = Content(
        new_id(at),
        at,
        _text(actor.subject),
        event.action,
        _text(event.target),
        event.outcome,
        _json(event.detail),
        None if event.before is None else _json(event.before),
        None if event.after is None else _json(event.after),
        _text(actor.address),
        _text(actor.request_id),
        _text(actor.trace_id),
    )
    await repository.insert(connection, content, _Process.signer.proof(content))


def _text(text: str) -> str:
    return text.replace("\0", "\ufffd")[:_LONGEST]


def _json(facts: Facts) -> str:
    encoded = msgspec.json.encode(facts, enc_hook=str)
    if len(encoded) > LARGEST:
        encoded = msgspec.json.encode({"omitted": f"{len(encoded)} bytes"})
    return encoded.decode()
