"""Incidents on the wire.

Patterns end in `$(?!\\n)`: to Python a `$` alone stands before a last line end too.
"""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

State = Literal["open", "acknowledged", "resolved"]
Severity = Literal["page", "ticket"]
EntryKind = Literal[
    "opened",
    "alert_firing",
    "alert_resolved",
    "acknowledged",
    "note",
    "resolved",
    "reopened",
    "escalated",
]
Text = Annotated[str, Meta(min_length=1, max_length=4000, pattern="^[^\\u0000]*$(?!\\n)")]
Name = Annotated[str, Meta(pattern="^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$(?!\\n)", max_length=100)]
Page = Annotated[int, Meta(ge=1, le=100)]
Cursor = Annotated[str, Meta(min_length=1, max_length=512)] | UnsetType


class Wire(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """An object on the wire; unknown fields are refused."""


class Incident(Wire):
    """What one alert has found about one service and one objective, until all of it is over.

    `started_at` is when the alert says that it began; `firing` counts what it still finds.
    """

    id: UUID
    alertname: str
    service: str
    severity: str
    slo: str
    summary: str
    description: str
    runbook: Annotated[str | None, Meta(description="the name of the runbook")]
    dashboard: str | None
    state: State
    revision: int
    started_at: datetime
    opened_at: datetime
    updated_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: Annotated[str | None, Meta(description="an e-mail address")]
    resolved_at: datetime | None
    firing: int


class IncidentPage(Wire):
    """Incidents, latest first."""

    items: list[Incident]
    next: str | None


class IncidentQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Which incidents; `unresolved` is open or acknowledged."""

    state: State | Literal["unresolved"] | UnsetType = UNSET
    service: Name | UnsetType = UNSET
    alertname: Name | UnsetType = UNSET
    severity: Severity | UnsetType = UNSET
    limit: Page = 50
    after: Cursor = UNSET


class IncidentAlert(Wire):
    """One finding of the alert; `ended_at` null is still so."""

    fingerprint: str
    labels: dict[str, str]
    summary: str
    description: str
    source: Annotated[str, Meta(description="where the alert's expression can be looked at")]
    started_at: datetime
    ended_at: datetime | None


class IncidentEntry(Wire):
    """One thing that happened; `by` is an e-mail address, null is the alert itself."""

    id: int
    at: datetime
    kind: EntryKind
    by: str | None
    text: str


class Moment(Wire, rename={"start": "from", "end": "to"}):
    """The time around an incident, to look at traces, logs and metrics of."""

    start: datetime
    end: datetime


class IncidentDetail(Incident):
    """An incident with what was found, what happened since, and where to look."""

    alerts: list[IncidentAlert]
    timeline: list[IncidentEntry]
    moment: Moment


class NewNote(Wire):
    """What somebody wants to be remembered."""

    text: Text


class NewResolution(Wire):
    """Why it is over, though the alert may not have noticed yet."""

    text: Annotated[str, Meta(max_length=4000, pattern="^[^\\u0000]*$(?!\\n)")] = ""


class ExportQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """In which form."""

    format: Literal["markdown", "json"] = "markdown"


class IncidentNotice(Wire):
    """What is told of an incident; `channel.test` is of none, to try whether it arrives."""

    id: int
    type: Literal[
        "incident.opened",
        "incident.acknowledged",
        "incident.resolved",
        "incident.reopened",
        "incident.escalated",
        "channel.test",
    ]
    at: datetime
    incident: UUID
    environment: str
    alertname: str
    service: str
    severity: str
    state: State
    summary: str
    url: str
