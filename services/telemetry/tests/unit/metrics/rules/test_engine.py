"""Evaluates groups of rules, and shows how that went."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from groundplan_telemetry.ledger import Ledger
from groundplan_telemetry.metrics import labels, query
from groundplan_telemetry.metrics.rules import engine
from groundplan_telemetry.metrics.rules.alerting import Alert
from groundplan_telemetry.metrics.rules.engine import Engine, Running
from groundplan_telemetry.metrics.rules.load import Group, Rule
from groundplan_telemetry.metrics.storage.store import Store

GROUP = Group(
    name="g",
    interval="200ms",
    rules=[
        Rule(expr="up * 2", record="twice"),
        Rule(expr="up * on (n) up", record="wrong"),
        Rule(expr="twice > 1", alert="Much", labels={"severity": "ticket"}),
        Rule(expr="up == 7", alert="Never"),
    ],
)


@pytest.fixture
def store(tmp_path: Path, books: Ledger) -> Iterator[Store]:
    """Return a store with a series that goes on."""
    made = Store(tmp_path / "m", 1e9, 1e9, books)
    for number in ("1", "2"):
        made.record(labels.of({"__name__": "up", "job": number}), 1000, float(number))
    yield made
    made.close()


def test_rules_are_evaluated_in_their_order(store: Store) -> None:
    """A rule sees what those before it recorded; one that fails stops no other."""
    running = Running(GROUP, {})
    running.evaluate(store, 2000)
    assert [2.0, 4.0] == [row.values[0] for row in query.vector(store, "twice", 2000)]
    assert ["ok", "err", "ok", "ok"] == [each.health for each in running.outcomes]
    assert ["firing", "firing"] == [alert.state for alert in running.alerts()]


def test_groups_are_shown_as_prometheus_does(store: Store) -> None:
    """A group shows its rules, what failed and why, and alerts with their state."""
    running = Running(GROUP, {})
    running.evaluate(store, 2000)
    shown = running.shown()
    assert ("g", 0.2) == (shown["name"], shown["interval"])
    record, wrong, much, never = shown["rules"]
    assert ("recording", "ok") == (record["type"], record["health"])
    assert "found duplicate series" in wrong["lastError"]
    assert ("alerting", "firing", 2) == (much["type"], much["state"], len(much["alerts"]))
    assert ("inactive", []) == (never["state"], never["alerts"])
    alert = much["alerts"][0]
    assert ("1970-01-01T00:00:02.000000Z", "2") == (alert["activeAt"], alert["value"])


def test_an_error_that_nobody_foresaw_stops_no_other(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rule that breaks is shown with the error, and the next is evaluated."""

    def breaks(*_: object) -> None:
        raise RuntimeError("unforeseen")

    running = Running(GROUP, {})
    monkeypatch.setattr(running.rules[1], "evaluate", breaks)
    running.evaluate(store, 2000)
    assert ("err", "RuntimeError: unforeseen") == (
        running.outcomes[1].health, running.outcomes[1].reason)  # fmt: skip
    assert "ok" == running.outcomes[2].health


async def test_groups_run_in_their_rhythm(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups are evaluated again and again, off the loop, and somebody hears of the alerts."""
    monkeypatch.setattr(engine, "SETTLING", 10)
    heard: list[list[Alert]] = []

    async def apart(work: Any, *given: Any) -> Any:
        return await asyncio.to_thread(work, *given)

    rule = Rule(expr="vector(1)", alert="On")
    group = Group(name="g", interval="100ms", rules=[rule])
    made = Engine(store, [group], {}, apart, heard.append)
    made.start()
    while len(heard) < 3:
        await asyncio.sleep(0.02)
    await made.close()
    assert ["firing"] == [alert.state for alert in made.alerts()]
    assert "On" == dict(heard[-1][0].labels)["alertname"]
