"""Routes of metrics: services at a glance, charts, expressions, objectives and alerts."""

from typing import Final

from groundplan_backend.errors import QueryRefused, TelemetryOff, TelemetryUnavailable
from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_backend.telemetry import metric_schemas as schemas
from groundplan_backend.telemetry.alerts import AlertService
from groundplan_backend.telemetry.metric_service import MetricService
from groundplan_backend.telemetry.objectives import ObjectiveService
from groundplan_contracts.identity import Role

_PREFIX: Final = "/api/v1/telemetry"
_ERRORS: Final = (TelemetryOff, TelemetryUnavailable)


class MetricController:
    """Answers for what is made of metrics."""

    def __init__(
        self, service: MetricService, objectives: ObjectiveService, alerts: AlertService
    ) -> None:
        self._service = service
        self._objectives = objectives
        self._alerts = alerts

    @operation(
        "GET",
        f"{_PREFIX}/overview",
        "Read rate, errors and durations of all services",
        role=Role.VIEWER,
        query=schemas.OverviewQuery,
        answer=schemas.Overview,
        errors=_ERRORS,
    )
    async def read_overview(self, exchange: Exchange, query: schemas.OverviewQuery) -> Reply:
        """Read them over the last minutes or hours."""
        return reply.json(await self._service.overview(query))

    @operation(
        "GET",
        f"{_PREFIX}/charts",
        "List the charts",
        role=Role.VIEWER,
        answer=schemas.ChartPage,
    )
    async def list_charts(self, exchange: Exchange) -> Reply:
        """List them in the order in which they are shown."""
        return reply.json(self._service.charts())

    @operation(
        "GET",
        f"{_PREFIX}/charts/{{chart:str}}",
        "Read a chart over time",
        role=Role.VIEWER,
        query=schemas.SeriesQuery,
        answer=schemas.Series,
        errors=_ERRORS,
    )
    async def read_chart(
        self, exchange: Exchange, chart: str, query: schemas.SeriesQuery
    ) -> Reply:
        """Read its lines; a chart of a service needs `service`."""
        return reply.json(await self._service.chart(chart, query))

    @operation(
        "GET",
        f"{_PREFIX}/expression",
        "Read an expression over time",
        role=Role.OPERATOR,
        query=schemas.ExpressionQuery,
        answer=schemas.Series,
        errors=(*_ERRORS, QueryRefused),
    )
    async def read_expression(self, exchange: Exchange, query: schemas.ExpressionQuery) -> Reply:
        """Read what an expression in PromQL is over time."""
        return reply.json(await self._service.expression(query))

    @operation(
        "GET",
        f"{_PREFIX}/objectives",
        "List the objectives and what is left of their budgets",
        role=Role.VIEWER,
        answer=schemas.ObjectivePage,
        errors=_ERRORS,
    )
    async def list_objectives(self, exchange: Exchange) -> Reply:
        """List them by name."""
        return reply.json(await self._objectives.objectives())

    @operation(
        "GET",
        f"{_PREFIX}/alerts",
        "List the alerts and what they have found",
        role=Role.VIEWER,
        answer=schemas.AlertPage,
        errors=_ERRORS,
    )
    async def list_alerts(self, exchange: Exchange) -> Reply:
        """List those that fire first."""
        return reply.json(await self._alerts.alerts())
