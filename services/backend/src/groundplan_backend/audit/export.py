"""Hands out events as CSV or JSON lines, piece by piece; no answer holds more than a piece.

The time of asking is the newest that is exported, so that an export ends however much is being
recorded. A cell that a spreadsheet would take for a formula gets an apostrophe before it.
"""

import csv
import io
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
from msgspec import UNSET

from groundplan_backend.audit import repository, schemas, service
from groundplan_backend.audit.matching import Matching
from groundplan_backend.audit.search import Search
from groundplan_backend.audit.service import Actor, Event
from groundplan_backend.audit.signing import Content, Signer, first_id
from groundplan_backend.http.stream import Stream
from groundplan_backend.postgres.pool import Pool

MEDIA_TYPES: Final = {"csv": "text/csv", "jsonl": "application/jsonl"}
COLUMNS: Final = (
    *("position", "id", "at", "actor", "action", "target", "outcome", "address", "request_id"),
    *("trace_id", "detail", "before", "after", "genuine", "seal"),
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SLICE: Final = 20_000
_PIECE: Final = 500

Row = dict[str, Any]


class Export:
    """Streams what matches."""

    def __init__(self, pool: Pool, search: Search, signer: Signer) -> None:
        self._pool = pool
        self._search = search
        self._signer = signer

    async def begin(self, query: schemas.ExportQuery, actor: Actor) -> Stream:
        """Record that somebody exports, and return the stream; the record of it is not in it."""
        matching = await self._search.matching(query)
        now = datetime.now(UTC)
        matching = replace(matching, end=min(matching.end, first_id(now)))
        asked = {name: value for name, value in _asked(query).items() if value is not UNSET}
        async with self._pool.transaction() as connection:
            await service.record(connection, actor, Event("audit.export", "audit", asked))
        media_type = MEDIA_TYPES[query.format].encode() + b"; charset=utf-8"
        file = f'attachment; filename="audit-{now:%Y%m%dT%H%M%SZ}.{query.format}"'.encode()
        headers = (
            (b"content-type", media_type),
            (b"cache-control", b"no-store"),
            (b"content-disposition", file),
        )
        return Stream(200, headers, self._pieces(matching, query.format))

    async def _pieces(self, matching: Matching, word: str) -> AsyncIterator[bytes]:
        write = _WRITERS[word]
        if word == "csv":
            yield _csv([dict(zip(COLUMNS, COLUMNS, strict=True))])
        async for rows in self._rows(matching):
            yield write([self._shown(row) for row in rows])

    async def _rows(self, matching: Matching) -> AsyncIterator[list[Any]]:
        end = matching.end
        while end > matching.begin:
            async with self._pool.connection() as connection:
                floor = await repository.floor(connection, end, _SLICE)
            part = replace(matching, begin=max(matching.begin, floor), end=end)
            async for rows in self._rows_of(part):
                yield rows
            end = part.begin

    async def _rows_of(self, part: Matching) -> AsyncIterator[list[Any]]:
        while True:
            async with self._pool.connection() as connection:
                rows = await repository.exported(connection, part, _PIECE)
            yield rows
            if len(rows) < _PIECE:
                return
            part = replace(part, end=rows[-1]["id"])

    def _shown(self, row: Any) -> Row:
        content = Content(*tuple(row)[:12])
        return content._asdict() | {
            "position": row["position"],
            "genuine": self._signer.proof(content) == row["proof"],
            "seal": row["seal"].hex() if row["seal"] else None,
        }


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet calculates."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _asked(query: schemas.ExportQuery) -> dict[str, Any]:
    return {
        "format": query.format,
        "actor": query.actor,
        "action": query.action,
        "target": query.target,
        "outcome": query.outcome,
        "from": query.begin,
        "to": query.end,
        "text": query.text,
    }


def _csv(rows: list[Row]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([_cell(row[name]) for name in COLUMNS] for row in rows)
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(str(value))


def _json_lines(rows: list[Row]) -> bytes:
    encoder = msgspec.json.Encoder()
    return encoder.encode_lines([_object(row) for row in rows])


def _object(row: Row) -> Row:
    raw = {name: row[name] and msgspec.Raw(row[name].encode()) for name in _NESTED}
    return {name: row[name] for name in COLUMNS} | raw


_NESTED: Final = ("detail", "before", "after")
_WRITERS: Final[dict[str, Callable[[list[Row]], bytes]]] = {"csv": _csv, "jsonl": _json_lines}
