"""Metrics on the wire: services at a glance, charts, objectives and alerts."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from groundplan_backend.telemetry.schemas import Name, RangeQuery, Wire

Unit = Literal["1/s", "ratio", "ms", "s", "bytes", "bytes/s", "count"]
Range = Literal["5m", "15m", "1h", "6h", "1d", "3d"]
Ratio = Annotated[float, Meta(description="between 0 and 1")]


class OverviewQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Of how long until now."""

    range: Range = "15m"


class ServiceHealth(Wire):
    """Rate, errors and duration of one service; null where nothing was measured."""

    service: str
    replicas: Annotated[int | None, Meta(description="how many should tell of themselves")]
    up: Annotated[int | None, Meta(description="how many do")]
    requests_per_second: float | None
    error_ratio: Ratio | None
    p50_ms: float | None
    p95_ms: float | None
    p99_ms: float | None


class Overview(Wire):
    """All services, by name."""

    at: datetime
    range: Range
    items: list[ServiceHealth]


class Chart(Wire):
    """A chart that can be asked for by its name; `of` a service, or of the platform as a whole."""

    name: str
    group: Annotated[str, Meta(description="what it belongs to", examples=["requests"])]
    of: Literal["service", "platform"]
    unit: Unit
    by: Annotated[list[str], Meta(description="the labels that tell its lines apart")]


class ChartPage(Wire):
    """The charts, in the order in which they are shown."""

    items: list[Chart]
    next: str | None


class SeriesQuery(RangeQuery, frozen=True, kw_only=True):
    """Of what, from when to when, and every how many seconds; without `step` about 120 points."""

    service: Name | UnsetType = UNSET
    step: Annotated[int, Meta(ge=1, le=86_400)] | UnsetType = UNSET


class ExpressionQuery(RangeQuery, frozen=True, kw_only=True):
    """An expression in PromQL."""

    query: Annotated[str, Meta(min_length=1, max_length=2000, pattern="^[^\\u0000]*$")]
    step: Annotated[int, Meta(ge=1, le=86_400)] | UnsetType = UNSET


class Line(Wire):
    """One line: what tells it apart, and a value for each moment of `times`; null is a gap."""

    labels: dict[str, str]
    values: list[float | None]


class Series(Wire, rename={"start": "from", "end": "to"}):
    """Lines over the same moments, which are seconds since 1970.

    `omitted` lines were left out, because there were too many.
    """

    start: datetime
    end: datetime
    step: int
    unit: Unit | None
    times: list[int]
    lines: list[Line]
    omitted: int


class BurnRate(Wire):
    """How fast the budget is used over a window; 1 uses it up at the end of the period."""

    window: Annotated[str, Meta(examples=["1h"])]
    rate: float | None


class Objective(Wire):
    """A promise, what is kept of it, and what is left of the errors that it allows.

    `exhausted_in_seconds` is null while the budget is not being used up.
    """

    name: str
    service: str
    description: Annotated[str, Meta(description="what it means for users; empty where not said")]
    target: Ratio
    period_days: int
    seen_days: Annotated[
        float | None,
        Meta(description="how much of the period was measured; the budget is that of all of it"),
    ]
    achieved: Ratio | None
    budget_left: Annotated[float | None, Meta(description="1 is all of it; below 0 is too much")]
    burn_rates: list[BurnRate]
    exhausted_in_seconds: float | None
    state: Literal["met", "burning", "exhausted", "unknown"]


class ObjectivePage(Wire):
    """The objectives, by name."""

    items: list[Objective]
    next: str | None


class FiringAlert(Wire):
    """One thing that an alert has found."""

    state: Literal["pending", "firing"]
    labels: dict[str, str]
    summary: str
    description: str
    since: datetime | None
    value: str


class Alert(Wire):
    """An alert, and what it has found; `runbook` is the name of its runbook."""

    name: str
    state: Literal["inactive", "pending", "firing"]
    severity: str
    service: str
    runbook: str | None
    dashboard: str | None
    query: str
    holds_seconds: Annotated[float, Meta(description="how long it must be so before it fires")]
    checked_at: datetime | None
    problem: Annotated[str | None, Meta(description="why it could not be checked")]
    found: list[FiringAlert]


class AlertPage(Wire):
    """The alerts: firing first, then pending, then the others, each by name."""

    items: list[Alert]
    next: str | None
