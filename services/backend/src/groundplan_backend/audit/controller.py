"""Routes of the audit record: search, one event, export, and the proof that it is sound."""

from typing import Any, Final
from uuid import UUID

from groundplan_backend.audit import export, schemas
from groundplan_backend.audit.export import Export
from groundplan_backend.audit.search import Search
from groundplan_backend.audit.service import Actor
from groundplan_backend.audit.verification import Verifier
from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_contracts.identity import Role

_PREFIX: Final = "/api/v1/audit"
_SCOPE: Final = "audit"
_EXPORTED: Final[dict[str, Any]] = {
    media_type: {"schema": {"type": "string"}} for media_type in export.MEDIA_TYPES.values()
}


class AuditController:
    """Answers for `/api/v1/audit`; nothing here changes the record."""

    def __init__(self, search: Search, exporter: Export, verifier: Verifier) -> None:
        self._search = search
        self._export = exporter
        self._verifier = verifier

    @operation(
        "GET",
        f"{_PREFIX}/events",
        "Search the audit record",
        role=Role.ADMINISTRATOR,
        scope=_SCOPE,
        query=schemas.EventQuery,
        answer=schemas.AuditEventPage,
    )
    async def list_audit_events(self, exchange: Exchange, query: schemas.EventQuery) -> Reply:
        """List events, newest first."""
        return reply.json(await self._search.page(query))

    @operation(
        "GET",
        f"{_PREFIX}/events/{{event:uuid}}",
        "Read an event",
        role=Role.ADMINISTRATOR,
        scope=_SCOPE,
        answer=schemas.AuditEventDetail,
    )
    async def read_audit_event(self, exchange: Exchange, event: UUID) -> Reply:
        """Read one with what was before and after, and its seal."""
        return reply.json(await self._search.one(event))

    @operation(
        "GET",
        f"{_PREFIX}/actions",
        "List the actions that have been recorded",
        role=Role.ADMINISTRATOR,
        scope=_SCOPE,
        answer=schemas.AuditActions,
        replicated=True,
    )
    async def list_audit_actions(self, exchange: Exchange) -> Reply:
        """List them by name, for a choice to filter by."""
        return reply.json(await self._search.actions())

    @operation(
        "GET",
        f"{_PREFIX}/export",
        "Export events as CSV or JSON lines",
        role=Role.ADMINISTRATOR,
        scope=_SCOPE,
        query=schemas.ExportQuery,
        content=_EXPORTED,
        stream=True,
    )
    async def export_audit_events(self, exchange: Exchange, query: schemas.ExportQuery) -> Any:
        """Stream them, newest first, up to the moment of asking; the export is an event itself."""
        return await self._export.begin(query, Actor.of(exchange))

    @operation(
        "GET",
        f"{_PREFIX}/verification",
        "Read whether the audit record is sound",
        role=Role.ADMINISTRATOR,
        scope=_SCOPE,
        answer=schemas.Verification,
    )
    async def read_audit_verification(self, exchange: Exchange) -> Reply:
        """Tell what the last pass over the record found, and how it stands at this moment."""
        return reply.json(await self._verifier.state())

    @operation(
        "POST",
        f"{_PREFIX}/verification",
        "Begin a pass over the whole audit record",
        role=Role.ADMINISTRATOR,
        status=202,
        answer=schemas.Verification,
    )
    async def begin_audit_verification(self, exchange: Exchange) -> Reply:
        """Begin, and tell what the pass before found; the next answer of GET tells the new."""
        self._verifier.begin(Actor.of(exchange))
        return reply.json(await self._verifier.state(), status=202)
