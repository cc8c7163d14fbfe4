"""The rows that both stacks list, read and annotate: the same, in our backend's own table.

They sort before the platform's own components, so that a page of 20 holds only them.
"""

import asyncio
import json
from typing import Final
from urllib.parse import urlsplit

import asyncpg

ROWS: Final = 24
SERVICE: Final = "a-service-01"
"""The one that is read and annotated."""

CONNECTIONS: Final = 40
"""That the role may open: as rendered it has no room for anybody beside the platform."""
EVENTS: Final = 50_000
WORD: Final = "lighthouse"
"""Stands in one of 500 events of the audit record."""

_EVENTS: Final = """
INSERT INTO audit.event (actor, action, target, detail, address, request_id)
SELECT 'bench@groundplan.example', 'annotation.create', 'thing-' || number,
    json_build_object(
        'value', CASE number % 500 WHEN 0 THEN $2::text ELSE 'word-' || number % 977 END),
    '192.0.2.1', 'bench-' || number
FROM generate_series(1, $1::int) AS number
"""
_PEER_EVENTS: Final = """
CREATE TABLE peer_event (
    id   bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at   timestamptz NOT NULL DEFAULT now(),
    body text        NOT NULL
)
"""
"""Where the peer keeps its events: ours are numbered, and their followers would see them."""
_INSERT: Final = """
INSERT INTO component
  (name, kind, tier, description, replicas_min, replicas_max, calls, source, document)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""


def make_room(database_url: str, owner: str, password: str) -> None:
    """Let the role of an address open connections for every side, and for the bench itself."""
    asyncio.run(_make_room(database_url, owner, password))


def fill(database_url: str) -> None:
    """Write the rows into a database that our backend has migrated."""
    asyncio.run(_fill(database_url))


async def _make_room(database_url: str, owner: str, password: str) -> None:
    at = urlsplit(database_url)
    connection = await asyncpg.connect(
        host=at.hostname, port=at.port, user=owner, password=password, database="postgres"
    )
    try:
        await connection.execute(f'ALTER ROLE "{at.username}" CONNECTION LIMIT {CONNECTIONS}')
    finally:
        await connection.close()


async def _fill(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        await connection.executemany(_INSERT, [_row(number + 1) for number in range(ROWS)])
        await connection.execute("ANALYZE component")
        await connection.execute(_PEER_EVENTS)
        await connection.execute("SET statement_timeout = 0")
        await connection.execute(_EVENTS, EVENTS, WORD)
    finally:
        await connection.close()


def _row(number: int) -> tuple[object, ...]:
    component = {
        "name": f"a-service-{number:02}",
        "kind": "service",
        "tier": "application",
        "description": f"Service {number} of the platform: takes orders and tells their state",
        "replicas": {"min": 2, "max": 10},
        "calls": ["database", "cache"],
        "source": f"platform.yaml:{60 + number}",
    }
    return (
        component["name"],
        component["kind"],
        component["tier"],
        component["description"],
        2,
        10,
        component["calls"],
        component["source"],
        json.dumps(component, separators=(",", ":")).encode(),
    )
