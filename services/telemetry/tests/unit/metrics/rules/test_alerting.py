"""Conditions that must hold for a while, and the alerts that they raise."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from groundplan_telemetry.ledger import Ledger
from groundplan_telemetry.metrics import labels, query
from groundplan_telemetry.metrics.rules.alerting import Alert, Alerting
from groundplan_telemetry.metrics.rules.load import Rule
from groundplan_telemetry.metrics.storage.store import Store

DOWN = labels.of({"__name__": "down", "job": "api"})


@pytest.fixture
def store(tmp_path: Path, books: Ledger) -> Iterator[Store]:
    """Return an empty store."""
    made = Store(tmp_path / "m", 1e9, 1e9, books)
    yield made
    made.close()


def _rule(**changes: str) -> Alerting:
    given = {"expr": "down > 0", "alert": "Down", "wait": "10s", **changes}
    rule = Rule(
        **given,  # type: ignore[arg-type] # texts all
        labels={"severity": "page", "service": "{{ $labels.job }}"},
        annotations={"summary": "{{ $labels.job }} {{ $value }}"},
    )
    return Alerting(rule, {})


def _seen(store: Store, rule: Alerting, at: int, value: float) -> list[str]:
    store.record(DOWN, at * 1000, value)
    rule.evaluate(store, at * 1000)
    return [alert.state for alert in rule.alerts.values()]


def _only(rule: Alerting) -> Alert:
    (alert,) = rule.alerts.values()
    return alert


def test_a_condition_must_hold_for_its_time(store: Store) -> None:
    """An alert is pending until its time has passed, then it fires, then it is over."""
    rule = _rule()
    assert ["pending"] == _seen(store, rule, 100, 1)
    assert ["pending"] == _seen(store, rule, 109, 1)
    assert ["firing"] == _seen(store, rule, 110, 2)
    alert = _only(rule)
    assert {"alertname": "Down", "job": "api", "service": "api", "severity": "page"} == dict(
        alert.labels
    )
    assert ({"summary": "api 2"}, 100_000, 110_000) == (
        alert.annotations, alert.since, alert.fired)  # fmt: skip
    assert ["inactive"] == _seen(store, rule, 115, 0)
    assert 115_000 == alert.resolved
    assert [] == _seen(store, rule, 2000, 0)


def test_a_short_blip_raises_nothing(store: Store) -> None:
    """A condition that ends before its time was never an alert."""
    rule = _rule()
    assert ["pending"] == _seen(store, rule, 100, 1)
    assert [] == _seen(store, rule, 105, 0)
    assert ["pending"] == _seen(store, rule, 112, 1)


def test_without_patience_it_fires_at_once(store: Store) -> None:
    """An alert without a time fires the moment its condition holds."""
    assert ["firing"] == _seen(store, _rule(wait="0s"), 100, 1)


def test_an_alert_may_fire_on_for_a_while(store: Store) -> None:
    """An alert that keeps firing ends only after that time."""
    rule = _rule(wait="0s", keep_firing_for="10s")
    assert ["firing"] == _seen(store, rule, 100, 1)
    assert ["firing"] == _seen(store, rule, 109, 0)
    assert ["inactive"] == _seen(store, rule, 110, 0)


def test_an_alert_that_comes_back_is_a_new_one(store: Store) -> None:
    """After its end a condition that holds again begins to wait again."""
    rule = _rule()
    for at, value in ((100, 1), (110, 1), (115, 0)):
        _seen(store, rule, at, value)
    assert ["pending"] == _seen(store, rule, 120, 1)
    assert 120_000 == _only(rule).since


def test_alerts_are_series_too(store: Store) -> None:
    """Pending and firing alerts can be asked for, and end as series when they end."""
    rule = _rule()
    for at, value in ((100, 1), (110, 1)):
        _seen(store, rule, at, value)
    (row,) = query.vector(store, 'ALERTS{alertstate="firing"}', 110_000)
    assert "page" == dict(row.labels)["severity"]
    assert [] == query.vector(store, 'ALERTS{alertstate="pending"}', 110_000)
    assert [100.0] == query.vector(store, "ALERTS_FOR_STATE", 110_000)[0].values
    _seen(store, rule, 115, 0)
    assert [] == query.vector(store, "ALERTS", 115_000)


def test_patience_outlives_a_restart(store: Store) -> None:
    """Who begins anew knows how long a condition has held; absence does not count as held."""
    _seen(store, _rule(), 100, 1)
    _seen(store, _rule(), 108, 1)
    rule = _rule()
    store.record(DOWN, 104_000 + 300_000, 1)
    before = _rule()
    _seen(store, before, 500, 1)
    _seen(store, before, 504, 1)
    assert ["pending"] == _seen(store, rule, 800, 1)
    assert 796_000 == _only(rule).since
    assert ["firing"] == _seen(store, rule, 806, 1)


def test_patience_begins_anew_after_a_long_absence(store: Store) -> None:
    """After an hour away nothing is known of what held."""
    before = _rule()
    _seen(store, before, 100, 1)
    _seen(store, before, 108, 1)
    later = 108 + 3700
    assert ["pending"] == _seen(store, _rule(), later, 1)
