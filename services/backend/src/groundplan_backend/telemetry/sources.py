"""What a keeper of signals must answer; which one stands behind it is a matter of settings.

Every method raises TelemetryUnavailable when there is no answer in time.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from groundplan_backend.telemetry.log_schemas import FollowQuery, LogLine, LogPage, LogQuery
from groundplan_backend.telemetry.schemas import Drop, Gap, Kept
from groundplan_backend.telemetry.trace_schemas import (
    ServiceGraph,
    Trace,
    TracedServicePage,
    TracePage,
    TraceQuery,
)
from groundplan_backend.telemetry.window import Window

Labels = dict[str, str]


@dataclass(frozen=True, slots=True)
class Sample:
    """One value of one series at the moment that was asked for."""

    labels: Labels
    value: float


@dataclass(frozen=True, slots=True)
class Points:
    """One series over time: seconds since 1970, and the value there."""

    labels: Labels
    values: dict[int, float]


@dataclass(frozen=True, slots=True)
class Active:
    """One thing that an alerting rule has found."""

    state: str
    labels: Labels
    annotations: Labels
    since: datetime | None
    value: str


@dataclass(frozen=True, slots=True)
class Rule:
    """An alerting rule and what it has found."""

    name: str
    query: str
    holds: float
    labels: Labels
    annotations: Labels
    state: str
    problem: str
    checked_at: datetime | None
    found: tuple[Active, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """Lines that came, oldest first, and after what to go on, though there be none."""

    lines: list[LogLine]
    last: str | None


@dataclass(frozen=True, slots=True)
class Condition:
    """What a keeper says of itself."""

    kept: tuple[Kept, ...] = ()
    drops: tuple[Drop, ...] = ()
    gaps: tuple[Gap, ...] = field(default=())


class Metrics(Protocol):
    """Evaluates expressions, and knows the alerting rules."""

    @property
    def kind(self) -> str:
        """What it is, in the word of the API."""

    async def now(self, expression: str) -> list[Sample]:
        """Return the values of this moment; QueryRefused when it is no expression."""

    async def over(self, expression: str, moments: list[int], every: int) -> list[Points]:
        """Return the values at these moments; QueryRefused when it is no expression."""

    async def rules(self) -> list[Rule]:
        """Return the alerting rules."""

    async def ask(self) -> None:
        """Return when there is somebody who answers."""


class Traces(Protocol):
    """Finds traces."""

    @property
    def kind(self) -> str:
        """What it is, in the word of the API."""

    async def search(self, query: TraceQuery, window: Window) -> TracePage:
        """Return a page of traces, latest first."""

    async def one(self, trace_id: str) -> Trace | None:
        """Return a trace, or None."""

    async def services(self) -> TracedServicePage:
        """Return who has sent spans."""

    async def graph(self, window: Window) -> ServiceGraph:
        """Return who called whom."""

    async def ask(self) -> None:
        """Return when there is somebody who answers."""


class Logs(Protocol):
    """Finds lines."""

    @property
    def kind(self) -> str:
        """What it is, in the word of the API."""

    async def search(self, query: LogQuery, window: Window) -> LogPage:
        """Return a page of lines, latest first."""

    async def last(self) -> str | None:
        """Return the id of the latest line, None when there is none."""

    async def since(self, query: FollowQuery, after: str | None) -> News:
        """Return the lines that came after one, a page of them."""

    async def ask(self) -> None:
        """Return when there is somebody who answers."""
