"""The audit record on the wire: events, what is asked for, and whether the chain is sound."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

Outcome = Literal["done", "refused", "failed"]
FaultKind = Literal[
    "edited", "deleted", "inserted", "reordered", "forged", "tail_cut", "forked", "unreadable"
]
_Words = Annotated[str, Meta(min_length=1, max_length=200, pattern="^[^\\u0000]*$")]
# Text, for a number would be taken for a time as well.
_Time = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}(\.[0-9]{1,6})?"
        r"(Z|[+-][0-9]{2}:[0-9]{2})$",
        examples=["2026-11-23T02:45:00Z"],
        extra_json_schema={"format": "date-time"},
    ),
]


class Wire(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """An object on the wire; unknown fields are refused."""


class AuditEvent(Wire):
    """Who did what to whom or what, from where, and what became of it."""

    id: UUID
    at: datetime
    actor: Annotated[str, Meta(description="a user's id, an e-mail address, or `backend`")]
    actor_name: Annotated[str | None, Meta(description="the user's e-mail address, if known")]
    action: Annotated[str, Meta(examples=["user.create"])]
    target: str
    outcome: Outcome
    address: str
    request_id: str
    trace_id: str
    position: Annotated[
        int | None, Meta(description="its place in the chain; null for a second, until sealed")
    ]
    signed: Annotated[bool, Meta(description="whether the backend has signed it")]


class AuditEventDetail(AuditEvent):
    """An event with all that was recorded, and its seal."""

    detail: dict[str, Any]
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    genuine: Annotated[bool, Meta(description="whether it is as it was when it was signed")]
    seal: Annotated[str | None, Meta(description="its link of the chain, in hexadecimal")]


class AuditEventPage(Wire):
    """Events, newest first; a page may be short, or empty, and still have a next one."""

    items: list[AuditEvent]
    next: str | None


class AuditActions(Wire):
    """The actions that have ever been recorded, by name."""

    items: list[str]
    next: str | None


class EventFilter(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Which events; what is left out does not count."""

    actor: Annotated[_Words, Meta(description="a user's id or e-mail address")] | UnsetType = UNSET
    action: _Words | UnsetType = UNSET
    target: _Words | UnsetType = UNSET
    outcome: Outcome | UnsetType = UNSET
    begin: _Time | UnsetType = msgspec.field(default=UNSET, name="from")
    end: _Time | UnsetType = msgspec.field(default=UNSET, name="to")
    text: (
        Annotated[_Words, Meta(description="beginnings of words; all of them must be there")]
        | UnsetType
    ) = UNSET


class EventQuery(EventFilter, frozen=True):
    """Which events, and which part of them."""

    limit: Annotated[int, Meta(ge=1, le=100)] = 50
    after: Annotated[str, Meta(min_length=1, max_length=512)] | UnsetType = UNSET


class ExportQuery(EventFilter, frozen=True):
    """Which events, and as what."""

    format: Literal["csv", "jsonl"] = "csv"


class ChainHead(Wire):
    """The last link of the chain."""

    position: int
    seal: str
    at: datetime


class Anchor(Wire):
    """A link of the chain that was noted outside the database."""

    position: int
    seal: str
    at: datetime


class Fault(Wire):
    """One place where the record is not what was written."""

    kind: FaultKind
    position: int | None
    event: UUID | None
    message: str


class Verification(Wire):
    """What is known of the record: from the last pass over all of it, and of this moment."""

    state: Literal["sound", "broken", "unknown"]
    checked_at: Annotated[datetime | None, Meta(description="when the last pass ended")]
    checked: Annotated[int, Meta(description="how many events it looked at")]
    took_seconds: float
    faults: Annotated[list[Fault], Meta(description="the first hundred, in order")]
    faults_total: int
    unsigned: Annotated[int, Meta(description="sealed events that the backend did not sign")]
    head: ChainHead | None
    waiting: Annotated[int, Meta(description="events that are not sealed yet, up to 1000")]
    anchor: Anchor | None
    anchored: Annotated[bool, Meta(description="whether anchors are kept at all")]
    alarmed_at: Annotated[
        datetime | None,
        Meta(description="when a replica last missed what it had sealed itself"),
    ]
    protected: Annotated[
        bool, Meta(description="whether the backend's database role can only add and read")
    ]
