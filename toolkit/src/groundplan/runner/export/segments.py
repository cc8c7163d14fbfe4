"""Reads spans and lines out of the files of a store that does not run."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

SPANS: Final = """
SELECT hex(trace) AS trace_id, hex(span) AS span_id, hex(parent) AS parent_id, service, replica,
       name, kind, start, duration, failed, attributes, events
FROM spans JOIN sources ON sources.id = spans.source WHERE start >= ? ORDER BY spans.id DESC
LIMIT ?"""
LINES: Final = """
SELECT lines.id, time, service, replica, level, message, hex(trace) AS trace_id, attributes
FROM lines JOIN sources ON sources.id = lines.source WHERE time >= ? ORDER BY lines.id DESC
LIMIT ?"""


def read(folder: Path, signal: str, since: int, most: int) -> Iterator[dict[str, Any]]:
    """Yield records as they stand in the files, the newest first.

    Args:
        folder: of the store.
        signal: `traces` or `logs`.
        since: microseconds since 1970.
        most: records.

    Raises:
        sqlite3.Error: a file cannot be read.
    """
    statement = SPANS if signal == "traces" else LINES
    for path in sorted(folder.glob(f"{signal}-*.db"), reverse=True):
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=2)) as connection:
            connection.row_factory = sqlite3.Row
            for row in connection.execute(statement, (since, max(0, most))):
                most -= 1
                yield _record(row)


def _record(row: sqlite3.Row) -> dict[str, Any]:
    found = dict(row)
    for name in ("attributes", "events"):
        if isinstance(found.get(name), str):
            found[name] = json.loads(found[name])
    return {name: each.lower() if name.endswith("_id") else each for name, each in found.items()}
