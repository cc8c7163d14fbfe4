"""Makes incidents of what Alertmanager sends.

All alerts of one name about one service and one objective are one incident, until none of them
fires; one that becomes a page after it was a ticket is told anew. The same
notice may come twice, late, or from two Alertmanagers: only what changes something is written
down. What fires again within `AGAIN` of its end is the same incident, opened once more.
"""

import uuid
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from groundplan_backend.http import reply
from groundplan_backend.incidents import notice as notices
from groundplan_backend.incidents import repository
from groundplan_backend.incidents.notice import AlertNotice, Finding
from groundplan_backend.incidents.tell import Kind, Teller
from groundplan_backend.postgres.pool import Connection, Pool

AGAIN: Final = timedelta(minutes=10)


class IntakeService:
    """Takes notices."""

    def __init__(self, pool: Pool, teller: Teller) -> None:
        self._pool = pool
        self._teller = teller

    async def take(self, notice: AlertNotice) -> None:
        """Write down what a notice changes, all of it or nothing."""
        found = notices.findings(notice)
        async with self._pool.transaction() as connection:
            for key, group in groupby(found, key=lambda one: one.key):
                await self._of_one(connection, key, list(group))

    async def _of_one(self, connection: Connection, key: str, found: list[Finding]) -> None:
        await repository.lock_key(connection, key)
        latest = await repository.read_latest(connection, key)
        for one in found:
            if one.firing:
                latest = await self._fires(connection, latest, one)
            elif latest is not None:
                await _ends(connection, latest["id"], one)
        if latest is not None and latest["state"] != "resolved":
            await self._close_if_over(connection, latest["id"])

    async def _fires(self, connection: Connection, latest: Any, one: Finding) -> Any:
        kind: Kind | None = None
        if latest is None or _is_long_over(latest):
            incident, kind = uuid.uuid4(), "incident.opened"
            await repository.insert(connection, _row(incident, one))
        else:
            incident = latest["id"]
            if latest["state"] == "resolved":
                kind = "incident.reopened"
                await repository.reopen(connection, incident)
            if one.urgency > notices.urgency(latest["severity"]):
                kind = kind or "incident.escalated"
                words = one.severity, one.summary, one.description
                await repository.escalate(connection, incident, *words)
        if kind is not None:
            await self._say(connection, incident, kind, one.summary)
        await _put(connection, incident, one)
        return await repository.lock(connection, incident)

    async def _close_if_over(self, connection: Connection, incident: UUID) -> None:
        if await repository.count_firing(connection, incident) == 0:
            await repository.resolve(connection, incident)
            await self._say(connection, incident, "incident.resolved", "")

    async def _say(self, connection: Connection, incident: UUID, kind: Kind, text: str) -> None:
        word = kind.rpartition(".")[2]
        entry = await repository.insert_entry(connection, incident, word, None, text)
        shown = await repository.read(connection, incident)
        await self._teller.tell(connection, kind, shown, entry["id"], entry["at"])


def _is_long_over(latest: Any) -> bool:
    ended = latest["resolved_at"] if latest["state"] == "resolved" else None
    return ended is not None and datetime.now(UTC) - ended > AGAIN


async def _put(connection: Connection, incident: UUID, one: Finding) -> None:
    """Write a finding that fires, and a line when it did not before."""
    known = await repository.read_alert(connection, incident, one.fingerprint)
    await repository.put_alert(connection, _alert(incident, one))
    if known is None or known["ended_at"] is not None:
        await repository.insert_entry(connection, incident, "alert_firing", None, one.summary)
        await repository.touch(connection, incident)


async def _ends(connection: Connection, incident: UUID, one: Finding) -> None:
    """Write that a finding has ended, where it was known and has not before."""
    known = await repository.read_alert(connection, incident, one.fingerprint)
    if known is None or known["ended_at"] is not None:
        return
    await repository.put_alert(connection, _alert(incident, one))
    await repository.insert_entry(connection, incident, "alert_resolved", None, one.summary)
    await repository.touch(connection, incident)


def _row(incident: UUID, one: Finding) -> tuple[Any, ...]:
    words = one.alertname, one.service, one.severity, one.slo, one.summary, one.description
    return (incident, one.key, *words, one.runbook, one.dashboard, one.started_at)


def _alert(incident: UUID, one: Finding) -> tuple[Any, ...]:
    labels = reply.encode(one.labels).decode()
    words = one.summary, one.description, one.source
    return (incident, one.fingerprint, labels, *words, one.started_at, one.ended_at)
