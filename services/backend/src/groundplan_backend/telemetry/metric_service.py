"""Charts over time, and services at a glance.

What a chart shows is cut where nothing was measured: a moment without a value is null, and no
line is drawn over it.
"""

import asyncio
import math
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Final, TypeVar

from groundplan_backend.errors import (
    InvalidRequest,
    NotFound,
    QueryRefused,
    TelemetryOff,
    TelemetryUnavailable,
)
from groundplan_backend.telemetry import charts, glance
from groundplan_backend.telemetry import metric_schemas as schemas
from groundplan_backend.telemetry import window as windows
from groundplan_backend.telemetry.ask import within
from groundplan_backend.telemetry.sources import Metrics, Points, Sample
from groundplan_backend.telemetry.window import Window
from groundplan_contracts.problem import FieldError

MOST_LINES: Final = 50
"""Of one chart; a picture with more shows nothing."""
_SAMPLES_OF_A_RATE: Final = 4
_AT_ONCE: Final = 8
"""Questions that are asked for people at the same time."""

T = TypeVar("T")


class MetricService:
    """Answers with charts."""

    def __init__(self, metrics: Metrics | None, interval: int) -> None:
        self._metrics = metrics
        self._interval = interval
        self._turns = asyncio.Semaphore(_AT_ONCE)

    def charts(self) -> schemas.ChartPage:
        """Return the charts that there are."""
        return schemas.ChartPage(items=[one.shown() for one in charts.CHARTS.values()], next=None)

    async def chart(self, name: str, query: schemas.SeriesQuery) -> schemas.Series:
        """Return a chart over time.

        Raises:
            NotFound: there is no such chart.
            InvalidRequest: a service is missing or too much, or the range is none.
            TelemetryOff, TelemetryUnavailable: nobody can be asked, or nobody answers.
        """
        definition = charts.CHARTS.get(name)
        if definition is None:
            raise NotFound("there is no such chart")
        service = query.service if isinstance(query.service, str) else None
        if (definition.of == "service") != (service is not None):
            words = "is needed" if service is None else "is not of one service"
            fault = FieldError("service", words)
            raise InvalidRequest("the query is not as described", errors=[fault])
        window = windows.of(query)
        every = windows.step(window, query.step)
        expression = charts.written(definition.expression, service or "", self._rate_over(every))
        found = await _ours(self._lines(expression, window, every))
        return _series(window, every, definition.unit, found)

    async def expression(self, query: schemas.ExpressionQuery) -> schemas.Series:
        """Return what an expression is over time.

        Raises:
            InvalidRequest: the range is none.
            QueryRefused: the expression cannot be read or evaluated.
            TelemetryOff, TelemetryUnavailable: nobody can be asked, or nobody answers.
        """
        window = windows.of(query)
        every = windows.step(window, query.step)
        found = await self._lines(query.query, window, every)
        return _series(window, every, None, found)

    async def overview(self, query: schemas.OverviewQuery) -> schemas.Overview:
        """Return every service at a glance.

        Raises:
            TelemetryOff, TelemetryUnavailable: nobody can be asked, or nobody answers.
        """
        metrics = self._asked()
        expressions = glance.expressions(query.range)

        async def answers() -> list[list[Sample]]:
            return await asyncio.gather(*(metrics.now(one) for one in expressions.values()))

        found = await _ours(self._in_turn(answers))
        items = glance.services(dict(zip(expressions, found, strict=True)))
        return schemas.Overview(at=datetime.now(UTC), range=query.range, items=items)

    async def _lines(self, expression: str, window: Window, every: int) -> list[Points]:
        metrics = self._asked()
        moments = windows.moments(window, every)
        return await self._in_turn(lambda: metrics.over(expression, moments, every))

    async def _in_turn(self, ask: Callable[[], Awaitable[T]]) -> T:
        """Wait for a turn and for the answer, for as long as one question may take."""

        async def answer() -> T:
            async with self._turns:
                return await ask()

        return await within(answer())

    def _asked(self) -> Metrics:
        if self._metrics is None:
            raise TelemetryOff("METRICS_URL is not set: nothing keeps metrics here")
        return self._metrics

    def _rate_over(self, every: int) -> int:
        """Return the seconds of a rate: enough samples, and none between two points left out."""
        return max(every, _SAMPLES_OF_A_RATE * self._interval)


async def _ours(asked: Awaitable[T]) -> T:
    """Wait for answers to expressions of ours, which nobody else can mend."""
    try:
        return await asked
    except QueryRefused as error:
        raise TelemetryUnavailable(f"metrics: {error.detail}") from error


def _series(
    window: Window, every: int, unit: schemas.Unit | None, found: list[Points]
) -> schemas.Series:
    times = windows.moments(window, every)
    found.sort(key=lambda one: sorted(one.labels.items()))
    lines = [
        schemas.Line(
            labels={name: text for name, text in one.labels.items() if name != "__name__"},
            values=[_drawn(one.values.get(at)) for at in times],
        )
        for one in found[:MOST_LINES]
    ]
    return schemas.Series(
        start=window.start,
        end=window.end,
        step=every,
        unit=unit,
        times=times,
        lines=lines,
        omitted=max(0, len(found) - MOST_LINES),
    )


def _drawn(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
