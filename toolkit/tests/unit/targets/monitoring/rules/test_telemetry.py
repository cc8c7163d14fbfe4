"""Alerts about the signals themselves."""

from collections.abc import Callable
from typing import Any

from groundplan.model.platform import Platform
from groundplan.targets.monitoring import elastic, fluentd, logstash
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
    """By the job under which it shows itself; by its pods who shows nothing."""
    (here,) = telemetry.groups(platform_with(""), Clock(), in_cluster=False)
    there, _ = telemetry.groups(platform_with(""), Clock(), in_cluster=True)
    assert ['absent(up{job="telemetry"} == 1)'] == [each.expression for each in here.rules[1:]]
    known = len(telemetry.KEEPERS) + 1
    assert [f'absent(up{{job="{job}"}} == 1)' for job in telemetry.KEEPERS] == [
        each.expression for each in there.rules[1:known]
    ]
    assert ["elasticsearch", "logstash", "fluentd", "kibana"] == [
        each.labels["job"] for each in there.rules[known:]
    ]


def test_pods_are_asked_for_by_the_names_that_they_have(
    reference: Platform, clustered: Callable[..., Any]
) -> None:
    """Those of our objects, to which the operator of Elastic adds what each is."""
    placed = clustered(reference)
    made = (each.objects(reference, placed) for each in (elastic, logstash, fluentd))
    spaces = {one["metadata"]["name"]: one["metadata"]["namespace"] for each in made
              for one in each}  # fmt: skip
    for pods in telemetry.PODS:
        assert f'namespace="{spaces[pods.job]}"' in pods.ready
        assert f'"{pods.job}' in pods.ready


def test_a_cluster_watches_its_watchers(platform_with: Made) -> None:
    """Alerts that reach nobody, rules that fail, and one that fires always."""
    _, found = telemetry.groups(platform_with(""), Clock(), in_cluster=True)
    assert ["AlertsNotSent", "RulesFailing", "Watchdog"] == [each.name for each in found.rules]
