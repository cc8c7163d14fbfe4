"""Telemetry on the wire: ranges of time, and words that every kind of signal shares.

A range is `from` and `to`; without them it is the last hour.
"""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

Signal = Literal["metrics", "traces", "logs"]
# Text, for a number would be taken for a time as well.
Time = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}(\.[0-9]{1,6})?"
        r"(Z|[+-][0-9]{2}:[0-9]{2})$",
        examples=["2026-11-23T02:45:00Z"],
        extra_json_schema={"format": "date-time"},
    ),
]
Words = Annotated[str, Meta(min_length=1, max_length=200, pattern="^[^\\u0000-\\u001f]*$")]
Name = Annotated[
    str, Meta(min_length=1, max_length=100, pattern="^[A-Za-z0-9][A-Za-z0-9_.-]*$(?!\\n)")
]
Attribute = Annotated[
    str,
    Meta(
        max_length=300,
        pattern="^[A-Za-z0-9_.-]{1,100}:[^\\u0000-\\u001f]{1,190}$",
        description="an attribute and the value that it must have",
        examples=["http.route:/api/v1/catalog/services"],
    ),
]
Cursor = Annotated[str, Meta(min_length=1, max_length=512)] | UnsetType


class Wire(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """An object on the wire; unknown fields are refused."""


class RangeQuery(
    msgspec.Struct,
    forbid_unknown_fields=True,
    frozen=True,
    kw_only=True,
    rename={"start": "from", "end": "to"},
):
    """From when to when."""

    start: Time | UnsetType = UNSET
    end: Time | UnsetType = UNSET


class SignalState(Wire):
    """Where one signal is asked for, and whether that answers."""

    signal: Signal
    kind: Literal["store", "prometheus", "jaeger", "elasticsearch", "none"]
    state: Annotated[
        Literal["up", "down", "off"], Meta(description="off: nothing is set up for it here")
    ]
    answered_ms: float | None
    detail: str


class Drop(Wire):
    """What was sent and not kept."""

    signal: str
    reason: str
    count: int


class Gap(Wire, rename={"start": "from", "end": "to"}):
    """A time of which something is missing; `to` null lasts until now, `lost` 0 is not counted.

    The signal `all` is of a time in which nothing listened.
    """

    signal: str
    start: datetime
    end: datetime | None
    reason: str
    lost: int


class Kept(Wire):
    """How much of a signal is kept, and since when."""

    signal: str
    items: int | None
    bytes: int | None
    oldest: datetime | None


class TelemetryState(Wire):
    """How telemetry itself is: what answers, what was lost, how much is kept."""

    at: datetime
    signals: list[SignalState]
    kept: list[Kept]
    drops: list[Drop]
    gaps: list[Gap]
    silent: Annotated[
        list[str], Meta(description="replicas that should tell of themselves and do not")
    ]


class RunbookTitle(Wire):
    """A runbook in the list."""

    name: str
    title: str


class RunbookPage(Wire):
    """The runbooks, by name."""

    items: list[RunbookTitle]
    next: str | None


class Runbook(RunbookTitle):
    """What to do when an alert has come; `text` is Markdown."""

    text: str
