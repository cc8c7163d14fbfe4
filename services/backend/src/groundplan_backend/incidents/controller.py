"""Routes of incidents as people use them."""

from typing import Any, Final
from uuid import UUID

from groundplan_backend.audit.service import Actor
from groundplan_backend.errors import Conflict
from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_backend.incidents import export, schemas
from groundplan_backend.incidents.service import IncidentService
from groundplan_contracts.identity import Role

_INCIDENTS: Final = "/api/v1/incidents"
_INCIDENT: Final = f"{_INCIDENTS}/{{incident:uuid}}"
_EXPORTED: Final[dict[str, Any]] = {
    "text/markdown": {"schema": {"type": "string"}},
    "application/json": {"schema": {"$ref": "#/components/schemas/IncidentDetail"}},
}


class IncidentController:
    """Answers for `/api/v1/incidents`."""

    def __init__(self, service: IncidentService, public_url: str) -> None:
        self._service = service
        self._public_url = public_url

    @operation(
        "GET",
        _INCIDENTS,
        "List and filter the incidents",
        role=Role.VIEWER,
        query=schemas.IncidentQuery,
        answer=schemas.IncidentPage,
    )
    async def list_incidents(self, exchange: Exchange, query: schemas.IncidentQuery) -> Reply:
        """List, latest first."""
        return reply.json(await self._service.incidents(query))

    @operation(
        "GET", _INCIDENT, "Read an incident", role=Role.VIEWER, answer=schemas.IncidentDetail
    )
    async def read_incident(self, exchange: Exchange, incident: UUID) -> Reply:
        """Read one, with what was found, its timeline and the time to look at."""
        return reply.json(await self._service.incident(incident))

    @operation(
        "POST",
        f"{_INCIDENT}/acknowledgements",
        "Take an incident on",
        role=Role.OPERATOR,
        answer=schemas.IncidentDetail,
        errors=(Conflict,),
    )
    async def acknowledge_incident(self, exchange: Exchange, incident: UUID) -> Reply:
        """Say that one looks after it; who does so after another takes it over."""
        return reply.json(await self._service.acknowledge(incident, Actor.of(exchange)))

    @operation(
        "POST",
        f"{_INCIDENT}/notes",
        "Add a note to an incident",
        role=Role.OPERATOR,
        status=201,
        body=schemas.NewNote,
        answer=schemas.IncidentDetail,
        idempotent=True,
    )
    async def note_incident(
        self, exchange: Exchange, incident: UUID, body: schemas.NewNote, key: str | None
    ) -> Reply:
        """Write down what is to be remembered."""
        noted = await self._service.note(incident, body, key, Actor.of(exchange))
        return reply.json_bytes(noted, status=201)

    @operation(
        "POST",
        f"{_INCIDENT}/resolutions",
        "Close an incident",
        role=Role.OPERATOR,
        body=schemas.NewResolution,
        answer=schemas.IncidentDetail,
        errors=(Conflict,),
    )
    async def resolve_incident(
        self, exchange: Exchange, incident: UUID, body: schemas.NewResolution
    ) -> Reply:
        """Close it; it opens again when its alert is sent once more."""
        return reply.json(await self._service.resolve(incident, body, Actor.of(exchange)))

    @operation(
        "GET",
        f"{_INCIDENT}/export",
        "Export an incident",
        role=Role.VIEWER,
        query=schemas.ExportQuery,
        content=_EXPORTED,
    )
    async def export_incident(
        self, exchange: Exchange, incident: UUID, query: schemas.ExportQuery
    ) -> Reply:
        """Export it as a document to write down afterwards what was learned, or as JSON."""
        found = await self._service.incident(incident)
        if query.format == "json":
            body, suffix = reply.encode(found), "json"
        else:
            body, suffix = export.markdown(found, self._public_url).encode(), "md"
        name = f'attachment; filename="incident-{incident}.{suffix}"'.encode()
        headers = (
            (b"content-type", export.MEDIA_TYPES[query.format].encode()),
            (b"cache-control", b"no-store"),
            (b"content-disposition", name),
        )
        return Reply(200, headers, body)
