"""The statements of the audit record and of its chain; none changes or removes a row."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import msgspec

from groundplan_backend.audit.matching import Matching
from groundplan_backend.audit.signing import Content
from groundplan_backend.postgres import queries
from groundplan_backend.postgres.pool import Connection, Pool

_SQL: Final = queries.load(__file__)
LAST_ID: Final = UUID(int=2**128 - 1)
MOST_GATHERED: Final = 10_000
"""Events that a search may gather before it puts them in order."""


async def insert(connection: Connection, content: Content, proof: bytes) -> None:
    """Add one event."""
    await connection.execute(_SQL["insert"], *content, proof)


async def lock(connection: Connection) -> bool:
    """Become the only one who seals until the transaction ends; False when another one is."""
    return bool(await connection.fetchval(_SQL["lock"]))


async def head(connection: Connection | Pool) -> Any:
    """Return the last link (position, seal, at of its event), or None."""
    return await connection.fetchrow(_SQL["head"])


async def seal_at(connection: Connection | Pool, position: int) -> bytes | None:
    """Return the seal at a position, or None."""
    row = await connection.fetchrow(_SQL["seal_at"], position)
    return row["seal"] if row else None


async def unsealed(
    connection: Connection | Pool, after: UUID, upto: UUID, limit: int
) -> list[Any]:
    """Return events between two ids that have no link, in order: their content and proof."""
    rows: list[Any] = await connection.fetch(_SQL["unsealed"], after, upto, limit)
    return rows


async def seal(
    connection: Connection,
    positions: Sequence[int],
    events: Sequence[UUID],
    seals: Sequence[bytes],
) -> None:
    """Add links to the chain."""
    await connection.execute(_SQL["seal"], positions, events, seals)


async def chain(source: Pool, after: int, limit: int) -> list[Any]:
    """Return links after a position with their events; those of lost events are empty."""
    return await source.fetch(_SQL["chain"], after, limit)


async def stride(source: Pool, after: UUID, width: int) -> UUID:
    """Return the id that is `width` events further, or the greatest there can be."""
    row = await source.fetchrow(_SQL["stride"], after, width)
    return row["id"] if row else LAST_ID


async def waiting(source: Pool, after: UUID) -> int:
    """Return how many events after an id have no link, up to a thousand."""
    row = await source.fetchrow(_SQL["waiting"], after)
    return int(row["waiting"])


async def is_protected(source: Pool) -> bool:
    """Say whether this role can neither change the record nor the tables that it stands in."""
    row = await source.fetchrow(_SQL["protected"])
    return bool(row["protected"])


async def last_of(source: Pool, action: str) -> list[Any]:
    """Return the latest events of an action, content and proof."""
    return await source.fetch(_SQL["last_of"], action)


async def actions(source: Pool) -> list[str]:
    """Return every action that was recorded, by name."""
    return [row["action"] for row in await source.fetch(_SQL["actions"])]


async def user_by_email(source: Pool, email: str) -> str | None:
    """Return the id of the user with an address."""
    row = await source.fetchrow(_SQL["user_by_email"], email)
    return row["id"] if row else None


async def one(source: Pool, event: UUID) -> Any:
    """Return an event with its link and the actor's address, or None."""
    return await source.fetchrow(_SQL["one"], event)


async def estimate(connection: Connection, condition: str, value: Any) -> float:
    """Return how many events PostgreSQL believes to fulfil a condition."""
    statement = (
        f"EXPLAIN (FORMAT JSON) SELECT FROM audit.event AS event WHERE {condition.format('$1')}"
    )
    (plan,) = msgspec.json.decode(await connection.fetchval(statement, value))
    return float(plan["Plan"]["Plan Rows"])


async def newest(connection: Connection, matching: Matching, limit: int) -> list[Any]:
    """Return what matches, newest first, from the index that gives that order."""
    statement, values = listing(matching)
    rows: list[Any] = await connection.fetch(statement, *values, limit)
    return rows


async def gathered(connection: Connection, matching: Matching, limit: int) -> list[Any] | None:
    """Return what matches, newest first, after gathering all of it; None when that is too much."""
    statement, values = gathering(matching)
    ids = [row["id"] for row in await connection.fetch(statement, *values)]
    if len(ids) > MOST_GATHERED:
        return None
    wanted = sorted(ids, reverse=True)[:limit]
    statement = f"{_SQL['listed']} WHERE event.id = ANY($1) ORDER BY event.id DESC"
    rows: list[Any] = await connection.fetch(statement, wanted)
    return rows


def listing(matching: Matching) -> tuple[str, list[Any]]:
    """Return the statement of `newest` and its values; the limit comes last."""
    if (alone := matching.alone()) is not None:
        return _by_index(matching, *alone)
    conditions, values = _filled(matching)
    order = f"ORDER BY event.id DESC LIMIT ${len(values) + 1}"
    return f"{_SQL['listed']} WHERE {conditions} {order}", values


def _by_index(matching: Matching, column: str, value: str) -> tuple[str, list[Any]]:
    """Return the listing of one value in the order of its own index, which alone has that order.

    A planner that may choose looks through all events from the newest, for as long as it takes.
    """
    pair = f"(event.{column}, event.id)"
    bounds = f"{pair} >= ($1, $2) AND {pair} < ($1, $3)"
    only = " AND event.outcome <> 'done'" if column == "outcome" else ""
    order = f"ORDER BY event.{column} DESC, event.id DESC LIMIT $4"
    statement = f"{_SQL['listed']} WHERE {bounds}{only} {order}"
    return statement, [value, matching.begin, matching.end]


def gathering(matching: Matching) -> tuple[str, list[Any]]:
    """Return the statement that gathers ids, and its values."""
    conditions, values = _filled(matching)
    return f"{_SQL['ids']} WHERE {conditions} LIMIT {MOST_GATHERED + 1}", values


async def floor(connection: Connection, below: UUID, width: int) -> UUID:
    """Return the id that is `width` events below another, or the least there can be."""
    found: UUID | None = await connection.fetchval(_SQL["floor"], below, width)
    return found or UUID(int=0)


async def exported(connection: Connection, matching: Matching, limit: int) -> list[Any]:
    """Return whole events that match, newest first."""
    conditions, values = _filled(matching)
    order = f"ORDER BY event.id DESC LIMIT ${len(values) + 1}"
    statement = f"{_SQL['exported']} WHERE {conditions} {order}"
    rows: list[Any] = await connection.fetch(statement, *values, limit)
    return rows


def _filled(matching: Matching) -> tuple[str, list[Any]]:
    conditions, values = ["event.id >= $1", "event.id < $2"], [matching.begin, matching.end]
    for condition, value in matching.conditions():
        values.append(value)
        conditions.append(condition.format(f"${len(values)}"))
    return " AND ".join(conditions), values
