"""Groups of rules as Prometheus reads them: recorded series, and alerts with their words.

Takes expressions; hands on plain values for a file or for a PrometheusRule.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from groundplan.model import alert
from groundplan.model.alert import AlertName, Severity
from groundplan.targets.monitoring.rules.window import Clock


@dataclass(frozen=True, slots=True)
class Record:
    """A series that is computed ahead of those who read it."""

    name: str
    expression: str
    labels: Mapping[str, str] = field(default_factory=dict)

    def plain(self, _: Clock) -> dict[str, Any]:
        """Return it as Prometheus reads it."""
        labels = {"labels": dict(self.labels)} if self.labels else {}
        return {"record": self.name, "expr": self.expression, **labels}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What somebody must be told of while an expression has a result."""

    name: AlertName
    expression: str
    summary: str
    """One line, for a pager."""
    description: str
    """What is so and why it matters."""
    dashboard: str
    """The name of the dashboard that shows it."""
    after: float = 0.0
    """Seconds that it must have been so."""
    labels: Mapping[str, str] = field(default_factory=dict)
    severity: Severity | None = None
    """Other than usual for this alert."""

    def plain(self, clock: Clock) -> dict[str, Any]:
        """Return it as Prometheus reads it."""
        severity = self.severity or alert.SEVERITY[self.name]
        return {
            "alert": self.name,
            "expr": self.expression,
            **({"for": clock.wait(self.after)} if self.after else {}),
            "labels": {"severity": severity.value, **self.labels},
            "annotations": {
                "summary": self.summary,
                "description": self.description,
                "runbook": alert.runbook(self.name),
                "dashboard": self.dashboard,
            },
        }


@dataclass(frozen=True, slots=True)
class Group:
    """Rules that are evaluated together, in order."""

    name: str
    interval: float
    """Seconds between two evaluations."""
    rules: tuple[Record | Alert, ...]

    def plain(self, clock: Clock) -> dict[str, Any]:
        """Return it as Prometheus reads it; its interval is not scaled."""
        return {
            "name": self.name,
            "interval": Clock().text(self.interval),
            "rules": [rule.plain(clock) for rule in self.rules],
        }
