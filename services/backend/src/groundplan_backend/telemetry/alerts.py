"""The alerts, and what each has found."""

from typing import Any, Final

from groundplan_backend.errors import TelemetryOff
from groundplan_backend.telemetry import metric_schemas as schemas
from groundplan_backend.telemetry.sources import Active, Metrics, Rule

_ORDER: Final = {"firing": 0, "pending": 1, "inactive": 2}
_NOBODY: Final = "none"
"""The severity of what fires always: others learn from its absence."""
_MOST: Final = 100
"""Findings of one alert that are shown."""


class AlertService:
    """Answers with the alerts."""

    def __init__(self, metrics: Metrics | None) -> None:
        self._metrics = metrics

    async def alerts(self) -> schemas.AlertPage:
        """Return all alerts, those that fire first.

        Raises:
            TelemetryOff, TelemetryUnavailable: nobody can be asked, or nobody answers.
        """
        if self._metrics is None:
            raise TelemetryOff("METRICS_URL is not set: nothing checks alerts here")
        rules = await self._metrics.rules()
        found = [_alert(rule) for rule in rules if rule.labels.get("severity") != _NOBODY]
        found.sort(key=lambda one: (_ORDER[one.state], one.name, one.service, one.severity))
        return schemas.AlertPage(items=found, next=None)


def runbook_of(annotation: str) -> str | None:
    """Return the name of a runbook from what an alert says of it: a path or an address."""
    name = annotation.rpartition("/")[2].removesuffix(".md")
    return name or None


def _alert(rule: Rule) -> schemas.Alert:
    return schemas.Alert(
        name=rule.name,
        state=_state(rule.state),
        severity=rule.labels.get("severity", ""),
        service=rule.labels.get("service", ""),
        runbook=runbook_of(rule.annotations.get("runbook", "")),
        dashboard=rule.annotations.get("dashboard") or None,
        query=rule.query,
        holds_seconds=rule.holds,
        checked_at=rule.checked_at,
        problem=rule.problem or None,
        found=[_active(one) for one in rule.found[:_MOST]],
    )


def _active(one: Active) -> schemas.FiringAlert:
    return schemas.FiringAlert(
        state="firing" if one.state == "firing" else "pending",
        labels=one.labels,
        summary=one.annotations.get("summary", ""),
        description=one.annotations.get("description", ""),
        since=one.since,
        value=one.value,
    )


def _state(word: str) -> Any:
    return word if word in _ORDER else "inactive"
