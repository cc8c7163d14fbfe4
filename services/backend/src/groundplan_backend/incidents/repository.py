"""The statements of incidents."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from groundplan_backend.postgres import queries
from groundplan_backend.postgres.pool import Connection, Pool

Place = tuple[datetime, UUID]

_SQL: Final = queries.load(__file__)


async def lock_key(connection: Connection, key: str) -> None:
    """Wait to be the only one who changes the incidents of a key, until the transaction ends."""
    await connection.execute(_SQL["lock_key"], key)


async def read_latest(connection: Connection, key: str) -> Any:
    """Return id, state, severity and end of the latest incident of a key, or None."""
    return await connection.fetchrow(_SQL["read_latest"], key)


async def insert(connection: Connection, row: tuple[Any, ...]) -> None:
    """Add an incident: id, key, words of its alert, and when that began."""
    await connection.execute(_SQL["insert"], *row)


async def reopen(connection: Connection, incident: UUID) -> None:
    """Open an incident that was resolved."""
    await connection.execute(_SQL["reopen"], incident)


async def escalate(
    connection: Connection, incident: UUID, severity: str, summary: str, description: str
) -> None:
    """Write that it is graver than it was, and in which words."""
    await connection.execute(_SQL["escalate"], incident, severity, summary, description)


async def touch(connection: Connection, incident: UUID) -> None:
    """Note that something about an incident has changed."""
    await connection.execute(_SQL["touch"], incident)


async def acknowledge(connection: Connection, incident: UUID, subject: str) -> None:
    """Note who has taken an incident on."""
    await connection.execute(_SQL["acknowledge"], incident, subject)


async def resolve(connection: Connection, incident: UUID) -> None:
    """Note that an incident is over."""
    await connection.execute(_SQL["resolve"], incident)


async def read_alert(connection: Connection, incident: UUID, fingerprint: str) -> Any:
    """Return when a finding ended, in a row, or None when it is not known."""
    return await connection.fetchrow(_SQL["read_alert"], incident, fingerprint)


async def put_alert(connection: Connection, row: tuple[Any, ...]) -> None:
    """Write a finding: incident, fingerprint, labels, words, source, begin and end."""
    await connection.execute(_SQL["put_alert"], *row)


async def count_firing(connection: Connection, incident: UUID) -> int:
    """Count what is still found."""
    return int(await connection.fetchval(_SQL["count_firing"], incident))


async def insert_entry(
    connection: Connection, incident: UUID, kind: str, subject: str | None, text: str
) -> Any:
    """Add to the timeline; return id and time."""
    return await connection.fetchrow(_SQL["insert_entry"], incident, kind, subject, text)


async def lock(connection: Connection, incident: UUID) -> Any:
    """Return id, state, severity and end of an incident, which stays so; None where is none."""
    return await connection.fetchrow(_SQL["lock"], incident)


async def read(connection: Connection, incident: UUID) -> Any:
    """Return an incident as it is shown, or None."""
    return await connection.fetchrow(_SQL["read"], incident)


async def list_incidents(
    pool: Pool, after: Place, wanted: tuple[str | None, ...], limit: int
) -> list[Any]:
    """Return incidents, latest first; `wanted` is state, service, alert and severity."""
    return await pool.fetch(_SQL["list"], *after, *wanted, limit)


async def list_alerts(connection: Connection, incident: UUID) -> list[Any]:
    """Return what was found, earliest first."""
    return list(await connection.fetch(_SQL["list_alerts"], incident))


async def list_entries(connection: Connection, incident: UUID) -> list[Any]:
    """Return the timeline."""
    return list(await connection.fetch(_SQL["list_entries"], incident))


async def forget(pool: Pool) -> None:
    """Delete what was over more than a year ago."""
    await pool.fetch(_SQL["forget"])
