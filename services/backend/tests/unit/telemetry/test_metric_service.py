"""Charts over time, from points as Prometheus gives them."""

import asyncio
import math
from typing import Any

import pytest

from groundplan_backend.errors import (
    InvalidRequest,
    NotFound,
    QueryRefused,
    TelemetryOff,
    TelemetryUnavailable,
)
from groundplan_backend.telemetry import ask, metric_service
from groundplan_backend.telemetry.metric_schemas import (
    ExpressionQuery,
    OverviewQuery,
    SeriesQuery,
)
from groundplan_backend.telemetry.metric_service import MOST_LINES, MetricService
from groundplan_backend.telemetry.sources import Points, Sample

_RANGE = {"start": "2026-11-23T06:00:00Z", "end": "2026-11-23T06:02:00Z"}


class Metrics:
    """Returns the same points for each expression, or refuses it."""

    kind = "prometheus"

    def __init__(self, points: list[Points] | None = None, *, refuses: bool = False) -> None:
        self._points = points or []
        self._refuses = refuses
        self.asked: list[str] = []
        self.pause = 0.0

    async def over(self, expression: str, moments: list[int], every: int) -> list[Points]:
        """Return the points."""
        await self.now(expression)
        return [Points(dict(one.labels), one.values) for one in self._points]

    async def now(self, expression: str) -> list[Sample]:
        """Note what was asked."""
        self.asked.append(expression)
        await asyncio.sleep(self.pause)
        if self._refuses:
            raise QueryRefused("unknown function")
        return []


def _service(metrics: Metrics | None, interval: int = 30) -> MetricService:
    return MetricService(metrics, interval)  # type: ignore[arg-type]


async def test_a_line_is_cut_where_nothing_was_measured() -> None:
    """A moment without a value is null, and so is what is no number."""
    first = 1_795_413_600
    points = Points({"__name__": "up", "a": "1"}, {first: 1.0, first + 60: math.nan})
    series = await _service(Metrics([points])).chart("connections", SeriesQuery(step=60, **_RANGE))
    assert [first, first + 60, first + 120] == series.times
    assert [({"a": "1"}, [1.0, None, None])] == [(one.labels, one.values) for one in series.lines]
    assert ("count", 60, 0) == (series.unit, series.step, series.omitted)


async def test_a_rate_is_over_enough_samples() -> None:
    """Four of them at the least, and at a coarse step as long as the step."""
    for step, interval, window in ((5, 30, "120s"), (300, 30, "300s"), (5, 5, "20s")):
        metrics = Metrics()
        query = SeriesQuery(service="orders", step=step, **_RANGE)
        await _service(metrics, interval).chart("statuses", query)
        assert f'job="orders"}}[{window}]' in metrics.asked[0]


async def test_lines_of_one_chart_are_told_apart() -> None:
    """One question asks for all quantiles; too many lines are cut, and it is said."""
    points = [Points({"system": f"s{number:03}"}, {}) for number in range(60)]
    query, metrics = SeriesQuery(service="backend", **_RANGE), Metrics(points)
    series = await _service(metrics).chart("dependencies", query)
    assert (MOST_LINES, 10) == (len(series.lines), series.omitted)
    assert ["p50", "p95"] == [word for word in ("p50", "p95", "p99") if word in metrics.asked[0]]
    assert 1 == len(metrics.asked)


async def test_a_chart_is_of_a_service_or_not() -> None:
    """The name that is missing or too much is named."""
    service = _service(Metrics())
    with pytest.raises(NotFound):
        await service.chart("nothing", SeriesQuery())
    for name, query in (
        ("requests", SeriesQuery()),
        ("connections", SeriesQuery(service="backend")),
    ):
        with pytest.raises(InvalidRequest) as raised:
            await service.chart(name, query)
        assert "service" == raised.value.errors[0].path


async def test_only_who_wrote_an_expression_is_told_what_is_wrong_with_it() -> None:
    """One of ours that is refused is a fault of ours, and nobody else can mend it."""
    service = _service(Metrics(refuses=True))
    with pytest.raises(QueryRefused):
        await service.expression(ExpressionQuery(query="x", **_RANGE))
    with pytest.raises(TelemetryUnavailable, match="unknown function"):
        await service.chart("connections", SeriesQuery(**_RANGE))
    with pytest.raises(TelemetryUnavailable):
        await service.overview(OverviewQuery())
    with pytest.raises(TelemetryOff):
        await _service(None).overview(OverviewQuery())


async def test_who_waits_for_a_turn_does_not_wait_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time is of the whole answer, however many ask at once."""
    monkeypatch.setattr(ask, "PATIENCE", 0.8)
    metrics = Metrics()
    metrics.pause = 0.5
    service = _service(metrics)
    asked = metric_service._AT_ONCE * 2
    query = SeriesQuery(**_RANGE)
    started = asyncio.get_running_loop().time()
    found: list[Any] = await asyncio.gather(
        *(service.chart("connections", query) for _ in range(asked)), return_exceptions=True
    )
    assert asyncio.get_running_loop().time() - started < 1.6
    late = [one for one in found if isinstance(one, TelemetryUnavailable)]
    assert metric_service._AT_ONCE == len(late)
