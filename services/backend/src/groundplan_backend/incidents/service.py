"""Incidents as people use them: look, take on, note, close."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec

from groundplan_backend.audit import service as audit
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.errors import Conflict, NotFound
from groundplan_backend.http import reply
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.idempotency.service import Claim, Idempotency
from groundplan_backend.incidents import repository, schemas
from groundplan_backend.incidents.tell import Kind, Teller
from groundplan_backend.postgres.pool import Connection, Pool

_LISTING: Final = "incidents"
_NEWEST: Final = (datetime(9999, 1, 1, tzinfo=UTC), UUID(int=2**128 - 1))
_BEFORE: Final = timedelta(minutes=15)
_AFTER: Final = timedelta(minutes=5)


class IncidentService:
    """What people do with incidents."""

    def __init__(
        self, pool: Pool, idempotency: Idempotency, cursors: Cursors, teller: Teller
    ) -> None:
        self._pool = pool
        self._idempotency = idempotency
        self._cursors = cursors
        self._teller = teller

    async def incidents(self, query: schemas.IncidentQuery) -> schemas.IncidentPage:
        """Return a page of incidents, latest first."""
        after = _place(self._cursors.read(_LISTING, query.after)) if query.after else _NEWEST
        wanted = tuple(
            value if isinstance(value, str) else None
            for value in (query.state, query.service, query.alertname, query.severity)
        )
        rows = await repository.list_incidents(self._pool, after, wanted, query.limit + 1)
        items = [schemas.Incident(**row) for row in rows[: query.limit]]
        more = len(rows) > query.limit
        following = self._cursors.write(_LISTING, _key(items[-1])) if more else None
        return schemas.IncidentPage(items=items, next=following)

    async def incident(self, incident: UUID) -> schemas.IncidentDetail:
        """Return one incident with its timeline.

        Raises:
            NotFound: there is none.
        """
        async with self._pool.connection() as connection:
            return await _detail(connection, incident)

    async def acknowledge(self, incident: UUID, actor: Actor) -> schemas.IncidentDetail:
        """Take an incident on; who does so after another takes it over.

        Raises:
            NotFound: there is none.
            Conflict: it is over.
        """
        async with self._pool.transaction() as connection:
            await _unresolved(connection, incident)
            await repository.acknowledge(connection, incident, actor.subject)
            await self._note(connection, incident, actor, "incident.acknowledged", "")
            return await _detail(connection, incident)

    async def note(
        self, incident: UUID, new: schemas.NewNote, key: str | None, actor: Actor
    ) -> bytes:
        """Add a note, also to an incident that is over; return the incident as JSON.

        Raises:
            NotFound: there is none.
        """

        async def insert(connection: Connection) -> bytes:
            if await repository.lock(connection, incident) is None:
                raise NotFound("there is no such incident")
            await repository.insert_entry(connection, incident, "note", actor.subject, new.text)
            await repository.touch(connection, incident)
            await audit.record(connection, actor, Event("incident.note", str(incident)))
            return reply.encode(await _detail(connection, incident))

        route = f"POST notes of {incident}"
        claim = Claim(actor.subject, route, key, reply.encode(new)) if key else None
        return await self._idempotency.create(claim, insert)

    async def resolve(
        self, incident: UUID, new: schemas.NewResolution, actor: Actor
    ) -> schemas.IncidentDetail:
        """Close an incident; it opens again when its alert is sent once more.

        Raises:
            NotFound: there is none.
            Conflict: it is over.
        """
        async with self._pool.transaction() as connection:
            await _unresolved(connection, incident)
            await repository.resolve(connection, incident)
            await self._note(connection, incident, actor, "incident.resolved", new.text)
            return await _detail(connection, incident)

    async def _note(
        self, connection: Connection, incident: UUID, actor: Actor, kind: Kind, text: str
    ) -> None:
        word = kind.rpartition(".")[2]
        entry = await repository.insert_entry(connection, incident, word, actor.subject, text)
        shown = await repository.read(connection, incident)
        await self._teller.tell(connection, kind, shown, entry["id"], entry["at"])
        action = "acknowledge" if word == "acknowledged" else "resolve"
        await audit.record(connection, actor, Event(f"incident.{action}", str(incident)))


async def _unresolved(connection: Connection, incident: UUID) -> None:
    row = await repository.lock(connection, incident)
    if row is None:
        raise NotFound("there is no such incident")
    if row["state"] == "resolved":
        raise Conflict("the incident is resolved")


async def _detail(connection: Connection, incident: UUID) -> schemas.IncidentDetail:
    row = await repository.read(connection, incident)
    if row is None:
        raise NotFound("there is no such incident")
    alerts = await repository.list_alerts(connection, incident)
    entries = await repository.list_entries(connection, incident)
    return schemas.IncidentDetail(
        **row,
        alerts=[_alert(one) for one in alerts],
        timeline=[schemas.IncidentEntry(**one) for one in entries],
        moment=_moment(row),
    )


def _alert(row: Any) -> schemas.IncidentAlert:
    return schemas.IncidentAlert(**{**row, "labels": msgspec.json.decode(row["labels"])})


def _moment(row: Any) -> schemas.Moment:
    end = row["resolved_at"] or datetime.now(UTC)
    start = min(row["started_at"], row["opened_at"])
    return schemas.Moment(start=start - _BEFORE, end=end + _AFTER)


def _key(last: schemas.Incident) -> str:
    return f"{last.opened_at.isoformat()} {last.id}"


def _place(key: str) -> tuple[datetime, UUID]:
    opened_at, number = key.split(" ")
    return datetime.fromisoformat(opened_at), UUID(number)
