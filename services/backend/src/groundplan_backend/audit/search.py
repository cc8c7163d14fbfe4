"""Finds events fast however many there are: newest first, in pages that begin after a cursor.

One condition that an index holds in order is asked directly. Of several, the rare kind is
gathered whole and put in order; when all are common the events are looked through from the
newest, in slices and for a limited time: then a page may end early, and its cursor goes on.
"""

import time
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import UNSET

from groundplan_backend.audit import repository, schemas
from groundplan_backend.audit.matching import Matching, words_of
from groundplan_backend.audit.repository import LAST_ID, MOST_GATHERED
from groundplan_backend.audit.signing import Content, Signer, first_id
from groundplan_backend.errors import InvalidRequest, NotFound
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.postgres.pool import Connection, Pool
from groundplan_contracts.problem import FieldError

_LISTING: Final = "audit"
_SLICE: Final = 10_000
"""Events that are looked through at once."""
_PATIENCE: Final = 0.03
"""Seconds after which no further slice is begun."""


class Search:
    """Reads events."""

    def __init__(self, pool: Pool, cursors: Cursors, signer: Signer) -> None:
        self._pool = pool
        self._cursors = cursors
        self._signer = signer

    async def page(self, query: schemas.EventQuery) -> schemas.AuditEventPage:
        """Return a page of events."""
        matching = await self.matching(query)
        if query.after:
            last = UUID(self._cursors.read(_LISTING, query.after))
            matching = replace(matching, end=min(matching.end, last))
        async with self._pool.transaction() as connection:
            # A plan for any value would not know which index is worth it for this one.
            await connection.execute("SET LOCAL plan_cache_mode = force_custom_plan")
            rows, last_seen = await _found(connection, matching, query.limit + 1)
        items = [schemas.AuditEvent(**row) for row in rows[: query.limit]]
        if len(rows) > query.limit:
            last_seen = items[-1].id
        following = self._cursors.write(_LISTING, str(last_seen)) if last_seen else None
        return schemas.AuditEventPage(items=items, next=following)

    async def one(self, event: UUID) -> schemas.AuditEventDetail:
        """Return one event.

        Raises:
            NotFound: there is none.
        """
        row = await repository.one(self._pool, event)
        if row is None:
            raise NotFound("there is no such event")
        content, proof = Content(*tuple(row)[:12]), row["proof"]
        seal = row["seal"]
        return schemas.AuditEventDetail(
            **{name: row[name] for name in _SHOWN},
            signed=proof is not None,
            detail=_decoded(content.detail) or {},
            before=_decoded(content.before),
            after=_decoded(content.after),
            genuine=self._signer.proof(content) == proof,
            seal=seal.hex() if seal else None,
        )

    async def actions(self) -> schemas.AuditActions:
        """Return the actions that were recorded."""
        return schemas.AuditActions(items=await repository.actions(self._pool), next=None)

    async def matching(self, query: schemas.EventFilter) -> Matching:
        """Return what a query asks for; an actor's address stands for his id as well.

        Raises:
            InvalidRequest: a moment is none of the calendar.
        """
        equal = {"action": query.action, "target": query.target, "outcome": query.outcome}
        return Matching(
            _moment("from", query.begin) if query.begin is not UNSET else UUID(int=0),
            _moment("to", query.end) if query.end is not UNSET else LAST_ID,
            await self._actors(query.actor) if query.actor is not UNSET else (),
            {name: value for name, value in equal.items() if value is not UNSET},
            words_of(query.text) if query.text is not UNSET else (),
        )

    async def _actors(self, actor: str) -> tuple[str, ...]:
        user = await repository.user_by_email(self._pool, actor) if "@" in actor else None
        return (actor, user) if user else (actor,)


_SHOWN: Final = (
    *("id", "at", "actor", "actor_name", "action", "target", "outcome", "address"),
    *("request_id", "trace_id", "position"),
)


async def _found(
    connection: Connection, matching: Matching, limit: int
) -> tuple[list[Any], UUID | None]:
    """Return rows and, where the search stopped before the end, how far it came."""
    conditions = matching.conditions()
    if matching.alone() or not conditions or matching.is_of_all_that_was_done():
        return await repository.newest(connection, matching, limit), None
    estimates = [await repository.estimate(connection, *one) for one in conditions]
    if min(estimates) <= MOST_GATHERED:
        rows = await repository.gathered(connection, matching, limit)
        if rows is not None:
            return rows, None
    return await _looked_through(connection, matching, limit)


async def _looked_through(
    connection: Connection, matching: Matching, limit: int
) -> tuple[list[Any], UUID | None]:
    deadline = time.monotonic() + _PATIENCE
    rows: list[Any] = []
    end = matching.end
    while len(rows) < limit and end > matching.begin:
        if time.monotonic() > deadline:
            return rows, end
        begin = max(matching.begin, await repository.floor(connection, end, _SLICE))
        part = replace(matching, begin=begin, end=end)
        rows += await repository.newest(connection, part, limit - len(rows))
        end = begin
    return rows, None


def _moment(field: str, text: str) -> UUID:
    try:
        return first_id(msgspec.convert(text, datetime))
    except msgspec.ValidationError:
        wrong = FieldError(field, "is no moment of the calendar")
        raise InvalidRequest("the query is not as described", errors=[wrong]) from None


def _decoded(text: str | None) -> dict[str, Any] | None:
    return msgspec.json.decode(text) if text else None
