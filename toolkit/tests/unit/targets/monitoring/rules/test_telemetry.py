"""Alerts about the signals themselves."""

from collections.abc import Callable

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.rules import telemetry
from groundplan.targets.monitoring.rules.window import Clock

Made = Callable[[str], Platform]


def test_who_keeps_signals_is_asked_what_was_lost(platform_with: Made) -> None:
    """On one machine the store, in a cluster the collectors; the senders everywhere."""
    (here,) = telemetry.groups(platform_with(""), Clock(), in_cluster=False)
    there, _ = telemetry.groups(platform_with(""), Clock(), in_cluster=True)
    assert "groundplan_telemetry_dropped" in here.rules[0].expression
    for lost in ("exporter_send_failed", "exporter_enqueue_failed", "receiver_refused"):
        assert f"otelcol_{lost}_spans" in there.rules[0].expression
    for group in (here, there):
        assert "tracing_spans_total" in group.rules[0].expression
        assert "capped" not in group.rules[0].expression


def test_who_keeps_signals_is_watched(platform_with: Made) -> None:
    """By the job under which it shows itself."""
    (here,) = telemetry.groups(platform_with(""), Clock(), in_cluster=False)
    there, _ = telemetry.groups(platform_with(""), Clock(), in_cluster=True)
    assert ['absent(up{job="telemetry"} == 1)'] == [each.expression for each in here.rules[1:]]
    assert [f'absent(up{{job="{job}"}} == 1)' for job in telemetry.KEEPERS] == [
        each.expression for each in there.rules[1:]
    ]


def test_a_cluster_watches_its_watchers(platform_with: Made) -> None:
    """Alerts that reach nobody, rules that fail, and one that fires always."""
    _, found = telemetry.groups(platform_with(""), Clock(), in_cluster=True)
    assert ["AlertsNotSent", "RulesFailing", "Watchdog"] == [each.name for each in found.rules]
