"""Logs on the wire."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from groundplan_backend.telemetry.schemas import Attribute, Cursor, Name, RangeQuery, Wire, Words

Level = Literal["debug", "info", "warning", "error"]
TraceId = Annotated[str, Meta(pattern="^[0-9a-f]{32}$(?!\\n)")]


class LogQuery(RangeQuery, frozen=True, kw_only=True):
    """Which lines; `level` is the least."""

    text: Words | UnsetType = UNSET
    service: Name | UnsetType = UNSET
    replica: Name | UnsetType = UNSET
    level: Level | UnsetType = UNSET
    trace_id: TraceId | UnsetType = UNSET
    attribute: Attribute | UnsetType = UNSET
    limit: Annotated[int, Meta(ge=1, le=500)] = 100
    after: Cursor = UNSET


class FollowQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Which lines to follow; `after` is the id of the last line that is known."""

    text: Words | UnsetType = UNSET
    service: Name | UnsetType = UNSET
    replica: Name | UnsetType = UNSET
    level: Level | UnsetType = UNSET
    trace_id: TraceId | UnsetType = UNSET
    attribute: Attribute | UnsetType = UNSET
    after: Cursor = UNSET


class LogLine(Wire):
    """One line; `trace_id` is empty where it belongs to no request."""

    id: str
    time: datetime
    service: str
    replica: str
    level: str
    message: str
    trace_id: str
    span_id: str
    attributes: dict[str, Any]


class LogPage(Wire):
    """Lines, latest first; a page may be short, or empty, and still have a next one."""

    items: list[LogLine]
    next: str | None
