"""Alerting rules: conditions that must hold for a while, and the alerts that they raise.

What is pending or fires is written as the series `ALERTS` and `ALERTS_FOR_STATE`, from which a
process that begins anew learns how long a condition has held already.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from groundplan_telemetry.metrics import labels, query
from groundplan_telemetry.metrics.labels import Labels, Matcher
from groundplan_telemetry.metrics.promql.failure import QueryError
from groundplan_telemetry.metrics.promql.values import Vector, is_stale
from groundplan_telemetry.metrics.rules import load, template
from groundplan_telemetry.metrics.rules.load import Rule
from groundplan_telemetry.metrics.rules.recording import SAME, Written
from groundplan_telemetry.metrics.rules.template import Facts
from groundplan_telemetry.metrics.storage.store import Store

REMEMBERED: Final = 3_600_000
"""Milliseconds of absence after which an alert's patience begins anew."""
KEPT: Final = 900_000
"""Milliseconds that a resolved alert is still told of."""
PENDING: Final = "pending"
FIRING: Final = "firing"
RESOLVED: Final = "inactive"


@dataclass(slots=True)
class Alert:
    """One condition that holds, or has held until a moment ago; times are in milliseconds."""

    labels: Labels
    annotations: Mapping[str, str]
    value: float
    since: int
    state: str = PENDING
    fired: int = 0
    resolved: int = 0
    seen: int = 0


@dataclass(slots=True)
class Alerting:
    """One alerting rule and its alerts."""

    rule: Rule
    external: Mapping[str, str]
    alerts: dict[Labels, Alert] = field(default_factory=dict)
    _series: Written = field(default_factory=Written)
    _is_restored: bool = False

    def evaluate(self, store: Store, now: int) -> None:
        """Evaluate the condition, and let its alerts wait, fire or end.

        Raises:
            QueryError: it cannot be evaluated, or says two things of one alert.
        """
        found = self._found(query.vector(store, self.rule.expr, now), now)
        for key, alert in found.items():
            known = self.alerts.get(key)
            if known is None or known.state == RESOLVED:
                self.alerts[key] = alert
            else:
                known.value, known.annotations, known.seen = alert.value, alert.annotations, now
        if not self._is_restored:
            self._restore(store, now)
        for key, alert in list(self.alerts.items()):
            self._age(key, alert, now)
        self._series.write(store, now, self._written())

    def _found(self, rows: Vector, now: int) -> dict[Labels, Alert]:
        found: dict[Labels, Alert] = {}
        for row in rows:
            value = row.values[0]
            assert value is not None
            alert = self._alert(row.labels, value, now)
            if alert.labels in found:
                raise QueryError(SAME)
            found[alert.labels] = alert
        return found

    def _alert(self, found: Labels, value: float, now: int) -> Alert:
        facts = Facts(dict(labels.unnamed(found)), value, self.external)
        own = {name: template.fill(text, facts) for name, text in self.rule.labels.items()}
        named = labels.of({**facts.labels, **own, "alertname": self.rule.alert})
        said = {name: template.fill(text, facts) for name, text in self.rule.annotations.items()}
        return Alert(named, said, value, now, seen=now)

    def _age(self, key: Labels, alert: Alert, now: int) -> None:
        holds = alert.seen == now
        if alert.state == RESOLVED:
            if now - alert.resolved > KEPT:
                del self.alerts[key]
        elif holds and alert.state == PENDING and now - alert.since >= self.patience:
            alert.state, alert.fired = FIRING, now
        elif not holds and alert.state == PENDING:
            del self.alerts[key]
        elif not holds and now - alert.seen >= load.seconds(self.rule.keep_firing_for) * 1000:
            alert.state, alert.resolved = RESOLVED, now

    @property
    def patience(self) -> float:
        """Milliseconds that the condition must hold."""
        return self.rule.patience * 1000

    def _restore(self, store: Store, now: int) -> None:
        self._is_restored = True
        if not self.patience:
            return
        wanted = [
            Matcher(labels.NAME, "=", "ALERTS_FOR_STATE"),
            Matcher("alertname", "=", self.rule.alert),
        ]
        for samples in store.select(wanted, now - REMEMBERED, now - 1):
            alert = self.alerts.get(labels.unnamed(samples.labels))
            if alert is not None and not is_stale(samples.values[-1]):
                # The time of absence proves nothing: it does not count as held.
                held = samples.times[-1] - round(samples.values[-1] * 1000)
                alert.since = now - max(0, held)

    def _written(self) -> dict[Labels, float]:
        found: dict[Labels, float] = {}
        for alert in self.alerts.values():
            if alert.state != RESOLVED:
                own = dict(alert.labels)
                shown = {**own, "alertstate": alert.state, labels.NAME: "ALERTS"}
                found[labels.of(shown)] = 1.0
                since = labels.of({**own, labels.NAME: "ALERTS_FOR_STATE"})
                found[since] = alert.since / 1000
        return found
