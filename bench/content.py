"""The rows that both stacks list, read and annotate: the same, in our backend's own table.

They sort before the platform's own components, so that a page of 20 holds only them.
"""

import asyncio
import json
from typing import Final

import asyncpg

ROWS: Final = 24
SERVICE: Final = "a-service-01"
"""The one that is read and annotated."""

_INSERT: Final = """
INSERT INTO component
  (name, kind, tier, description, replicas_min, replicas_max, calls, source, document)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""


def fill(database_url: str) -> None:
    """Write the rows into a database that our backend has migrated."""
    asyncio.run(_fill(database_url))


async def _fill(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        await connection.executemany(_INSERT, [_row(number + 1) for number in range(ROWS)])
        await connection.execute("ANALYZE component")
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
