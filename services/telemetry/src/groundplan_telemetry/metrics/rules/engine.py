"""Evaluates groups of rules, each in its rhythm, and shows how that went."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import structlog

from groundplan_telemetry import times
from groundplan_telemetry.metrics import answers
from groundplan_telemetry.metrics.promql.failure import QueryError
from groundplan_telemetry.metrics.rules import load
from groundplan_telemetry.metrics.rules.alerting import FIRING, PENDING, RESOLVED, Alert, Alerting
from groundplan_telemetry.metrics.rules.load import Group
from groundplan_telemetry.metrics.rules.recording import Recording
from groundplan_telemetry.metrics.storage.store import Store

SETTLING: Final = 1000
"""Milliseconds that samples have to arrive before they are judged."""

log = structlog.get_logger()


@dataclass(slots=True)
class Outcome:
    """How the last evaluation of a rule or group went; `at` is in milliseconds."""

    health: str = "unknown"
    reason: str = ""
    at: int = 0
    took: float = 0.0


class Running:
    """A group and what its rules know."""

    def __init__(self, group: Group, external: Mapping[str, str]) -> None:
        self.group = group
        self.rules: list[Recording | Alerting] = [
            Recording(rule) if rule.record else Alerting(rule, external) for rule in group.rules
        ]
        self.outcome = Outcome()
        self.outcomes = [Outcome() for _ in self.rules]

    def evaluate(self, store: Store, now: int) -> None:
        """Evaluate all rules, one after the other; one that fails stops no other."""
        began = time.perf_counter()
        for place, rule in enumerate(self.rules):
            self.outcomes[place] = _evaluated(rule, store, now)
        self.outcome = Outcome("ok", "", now, time.perf_counter() - began)

    def alerts(self) -> Iterator[Alert]:
        """Yield the alerts of its rules, resolved ones too."""
        for rule in self.rules:
            if isinstance(rule, Alerting):
                yield from list(rule.alerts.values())

    def shown(self) -> dict[str, Any]:
        """Return the group in the shape of Prometheus' API."""
        return {
            "name": self.group.name,
            "file": self.group.file,
            "interval": self.group.seconds,
            "limit": self.group.limit,
            "evaluationTime": self.outcome.took,
            "lastEvaluation": times.written(self.outcome.at * 1000),
            "rules": [
                _rule_shown(rule, outcome)
                for rule, outcome in zip(self.rules, self.outcomes, strict=True)
            ],
        }


class Engine:
    """A task for each group."""

    def __init__(
        self,
        store: Store,
        groups: Sequence[Group],
        external: Mapping[str, str],
        apart: Callable[..., Awaitable[Any]],
        heard: Callable[[list[Alert]], None],
    ) -> None:
        """Take the rules.

        Args:
            store: what they are evaluated over.
            groups: the rules.
            external: labels that templates may name.
            apart: runs slow work on a thread.
            heard: is told, after each evaluation, of all alerts of a group.
        """
        self.groups = [Running(group, external) for group in groups]
        self._store, self._apart, self._heard = store, apart, heard
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to evaluate."""
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(self._follow(group)) for group in self.groups]

    async def close(self) -> None:
        """End all tasks."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _follow(self, running: Running) -> None:
        length = round(running.group.seconds * 1000)
        while True:
            now = time.time_ns() // 1_000_000
            due = (now - SETTLING) // length * length + length
            await asyncio.sleep((due + SETTLING - now) / 1000)
            await self._apart(running.evaluate, self._store, due)
            self._heard(list(running.alerts()))

    def alerts(self) -> list[Alert]:
        """Return what is pending or fires."""
        found = (alert for running in self.groups for alert in running.alerts())
        return [alert for alert in found if alert.state != RESOLVED]


def _evaluated(rule: Recording | Alerting, store: Store, now: int) -> Outcome:
    began = time.perf_counter()
    health, reason = "ok", ""
    try:
        rule.evaluate(store, now)
    except QueryError as error:
        health, reason = "err", str(error)
        log.warning("rule.failed", rule=rule.rule.name, reason=reason)
    except Exception as error:
        health, reason = "err", f"{type(error).__name__}: {error}"
        log.exception("rule.failed", rule=rule.rule.name)
    return Outcome(health, reason, now, time.perf_counter() - began)


def _rule_shown(rule: Recording | Alerting, outcome: Outcome) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "name": rule.rule.name,
        "query": rule.rule.expr,
        "labels": rule.rule.labels,
        "health": outcome.health,
        "evaluationTime": outcome.took,
        "lastEvaluation": times.written(outcome.at * 1000),
        "type": "recording",
    }
    if outcome.reason:
        shown["lastError"] = outcome.reason
    if isinstance(rule, Alerting):
        living = [alert for alert in rule.alerts.values() if alert.state != RESOLVED]
        shown |= {
            "type": "alerting",
            "duration": rule.rule.patience,
            "keepFiringFor": load.seconds(rule.rule.keep_firing_for),
            "annotations": rule.rule.annotations,
            "state": _state(living),
            "alerts": [alert_shown(alert) for alert in living],
        }
    return shown


def _state(alerts: list[Alert]) -> str:
    states = {alert.state for alert in alerts}
    return next((state for state in (FIRING, PENDING) if state in states), RESOLVED)


def alert_shown(alert: Alert) -> dict[str, Any]:
    """Return an alert in the shape of Prometheus' API."""
    return {
        "labels": dict(alert.labels),
        "annotations": alert.annotations,
        "state": alert.state,
        "activeAt": times.written(alert.since * 1000),
        "value": answers.number(alert.value),
    }
